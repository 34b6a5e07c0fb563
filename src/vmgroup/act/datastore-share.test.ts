import { describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { type ActContext, workFor } from './act';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
const clone = {
  kind: 'Clone',
  slot: replica.slot,
  template: { type: 'VirtualMachine', value: 'template' },
  folder: { type: 'Folder', value: 'group-folder' },
  resourcePool: { type: 'ResourcePool', value: 'pool' },
  again: false,
} as const;

function aContext(rest: Partial<ActContext> = {}): ActContext {
  return {
    group,
    clusterId: CLUSTER_ID,
    calls: callsOf({}),
    readSecret: async () => ({ kind: 'NotFound' }),
    readSpec: async ({ spec }) => spec,
    hasSeveralDatastores: true,
    mayStart: () => true,
    inFlight: () => undefined,
    isClaimed: () => false,
    foreignInFolder: () => undefined,
    sent: () => undefined,
    accepted: () => undefined,
    ended: () => undefined,
    settled: () => undefined,
    ...rest,
  };
}

describe('R9: the share of a datastore in the lane', () => {
  const datastore = { type: 'Datastore', value: 'datastore-7' };
  const several = aContext();

  test('counts by the datastore that the spec names, else by the template', () => {
    expect(workFor({ ...clone, datastore }, several).datastore).toBe('datastore-7');
    expect(workFor(clone, several).datastore).toBe(
      workFor({ ...clone, slot: { ordinal: 7, revision: 'r' } }, several).datastore,
    );
    expect(workFor(clone, several).datastore).not.toBe('datastore-7');
  });

  test('is the whole lane if there is no other datastore', () => {
    expect(workFor({ ...clone, datastore }, aContext({ hasSeveralDatastores: false })).datastore).toBeUndefined();
  });
});
