import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const GOOD = { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template' };

/** Stores what the schema of today refuses, as an earlier schema might have let it in. */
async function storePastTheSchema(here: Installation, groups: Readonly<Record<string, object>>): Promise<void> {
  const setSchema = (value: unknown) =>
    here.run(
      ...['patch', 'crd', vmGroupCrd.metadata.name, '--type=json', '-p'],
      JSON.stringify([{ op: 'replace', path: '/spec/versions/0/schema/openAPIV3Schema', value }]),
    );
  const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  await setSchema({ type: 'object', properties: { spec: open, status: open } });
  for (const [name, spec] of Object.entries(groups)) {
    const { apiVersion, kind } = { apiVersion: `${vmGroupCrd.spec.group}/v1alpha1`, kind: 'VmGroup' };
    const file = path.join(here.server.folder, `${name}.json`);
    await writeFile(file, JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'default' }, spec }));
    // The server takes a moment to change its schema.
    await here.until(`${name} is stored`, async () => accepted(here.run('apply', '--validate=false', '-f', file)));
  }
  const [version] = vmGroupCrd.spec.versions as readonly { readonly schema: { readonly openAPIV3Schema: unknown } }[];
  await setSchema(version?.schema.openAPIV3Schema);
  await here.until('the schema is strict again', async () => {
    const refused = await accepted(here.run('scale', 'vg', 'neighbour', '--replicas=501'));
    return refused.length > 0 ? [] : ['501 replicas are accepted'];
  });
}

async function accepted(run: Promise<string>): Promise<readonly string[]> {
  return run.then(
    () => [],
    (error: unknown) => [String(error)],
  );
}

test('R14: groups stored past the schema harm only themselves, and can be deleted', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('neighbour', GOOD);
  await here.apply('changed', GOOD);
  for (const name of ['neighbour', 'changed']) await here.untilRunning(name, 1);
  const invalid: Readonly<Record<string, readonly [object, string]>> = {
    many: [{ ...GOOD, replicas: 50_000_000 }, 'spec.replicas is 50000000: give at most 500'],
    texts: [{ ...GOOD, networks: 'x' }, 'spec.networks is "x": give a value of type array'],
    surge: [{ ...GOOD, updateStrategy: { rollingUpdate: { maxSurge: 'abc' } } }, 'maxSurge is "abc"'],
    bare: [{ cpu: 1 }, 'spec.memory is missing: give it a value'],
    changed: [{ ...GOOD, memory: 'much' }, 'spec.memory is "much": give a whole number'],
  };
  await storePastTheSchema(here, Object.fromEntries(Object.entries(invalid).map(([name, [spec]]) => [name, spec])));

  for (const [name, [, problem]] of Object.entries(invalid)) {
    await here.until(`${name} says what is wrong`, async () => {
      const stalled = `jsonpath={.status.phase} {.status.conditions[?(@.type=="Stalled")].reason} {.status.lastMessage}`;
      const said = await here.run('get', 'vg', name, '-o', stalled);
      return said.startsWith('ERROR InvalidSpec ') && said.includes(problem) ? [] : [said];
    });
  }
  const [machine] = await here.machinesOf('changed');
  if (machine === undefined) throw new Error('changed has no machine');
  await here.vcenter.powerOff(machine.id, forever);
  await here.run('scale', 'vg', 'neighbour', '--replicas=3');
  await here.untilRunning('neighbour', 3);
  expect(await here.machinesOf('changed')).toEqual([{ ...machine, powerState: 'poweredOff' }]);
  for (const name of ['many', 'texts', 'surge', 'bare']) expect(await here.machinesOf(name)).toEqual([]);

  await here.run('delete', 'vg', '--wait=false', ...Object.keys(invalid));
  for (const name of Object.keys(invalid)) await here.untilGone(name);
  expect(await here.machinesOf('changed')).toEqual([]);
  await here.untilRunning('neighbour', 3);
});
