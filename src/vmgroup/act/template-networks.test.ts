/** R15: the networks that a clone takes over from its template. */
import { describe, expect, test } from 'vitest';
import { anActContext, answering } from '../../../test/support/builders/acts';
import type { CloneSource } from '../../vsphere/port';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { workFor } from './act';

const clone = {
  kind: 'Clone',
  slot: { ordinal: 0, revision: 'r' },
  template: { type: 'VirtualMachine', value: 'ubuntu' },
  folder: { type: 'Folder', value: 'group-folder' },
  resourcePool: { type: 'ResourcePool', value: 'pool' },
  again: false,
} as const;
const network = (value: string) => ({ type: 'Network', value });
const task = { type: 'Task', value: 'task-1' };

/** Sends a clone while these networks are allowed; `source` is what vCenter tells of the template. */
function sending(networks: readonly string[] | undefined, source: CloneSource | undefined, action = {}) {
  let reads = 0;
  const readCloneSource = async () => {
    reads += 1;
    return source;
  };
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', allowed: { networks } };
  const context = anActContext({ readCloneSource, cloneVirtualMachine: answering(task) }, { tenants });
  const sent = workFor({ ...clone, ...action }, context).send(new AbortController().signal);
  return sent.then((ref) => ({ ref, reads }));
}
const withNetworks = (...values: readonly string[]): CloneSource => ({
  ...{ datastores: [], adapters: values.length },
  networks: values.map(network),
});

describe('R15: a clone that names no networks', () => {
  test('is sent if all networks of the template are allowed, as a read shows right before', async () => {
    expect(await sending(['/front', '/back'], withNetworks('front', 'back'))).toEqual({ ref: task, reads: 1 });
  });

  test('is refused if one is not, with the remedy', async () => {
    await expect(sending(['/front'], withNetworks('front', 'secret'))).rejects.toMatchObject({
      code: 'NetworkNotAllowed',
      outcome: 'NotSent',
      message:
        'network /secret of template /ubuntu (spec.networks is not given) is not allowed by VCenter lab, which allows ' +
        '"/front": set spec.networks to such, or have an administrator add it to spec.allowed.networks of VCenter lab',
    });
  });

  test.each<[string, CloneSource]>([
    ['which cannot be read', { datastores: [], adapters: 1 }],
    ['of which the account sees none', { datastores: [], adapters: 1, networks: [] }],
    ['with adapters that cannot be read either', { datastores: [], networks: [] }],
  ])('is refused if the template has networks %s', async (_what, source) => {
    await expect(sending(['/**'], source)).rejects.toMatchObject({
      code: 'NetworkNotAllowed',
      message: expect.stringContaining('vCenter does not tell the networks of template /ubuntu'),
    });
  });

  test('is sent from a template without adapters, even if no network is allowed', async () => {
    expect(await sending([], withNetworks())).toMatchObject({ ref: task });
    await expect(sending([], withNetworks('front'))).rejects.toMatchObject({
      message: expect.stringContaining('allows none: have an administrator'),
    });
  });

  test('of a template that is gone is for vCenter to refuse', async () => {
    expect(await sending(['/front'], undefined)).toMatchObject({ ref: task });
  });
});

test('nothing is read where networks are named or all are allowed', async () => {
  expect(await sending(['/front'], withNetworks('secret'), { networks: [network('front')] })).toMatchObject({
    reads: 0,
  });
  expect(await sending(undefined, withNetworks('secret'))).toMatchObject({ reads: 0 });
});

test('R15: a clone is judged again after its reads: what changed meanwhile stops it, and it is planned again', async () => {
  let isAllowed = true;
  const context = anActContext(
    {
      findByInstanceUuid: async () => {
        isAllowed = false;
        return [];
      },
    },
    { isAllowed: () => isAllowed },
  );
  const sent = workFor({ ...clone, again: true }, context).send(new AbortController().signal);
  await expect(sent).rejects.toMatchObject({ code: 'RulesChanged', outcome: 'NotSent' });
});
