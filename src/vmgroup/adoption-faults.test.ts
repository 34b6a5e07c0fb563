import { expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../test/support/builders/observation';
import { Annotation } from '../api/vm-group';
import { classifyFailure } from '../vsphere/fault/classify';
import { subjectOf } from './act/act';
import { clearFaults } from './act/clear-faults';
import { recordEnd } from './act/record-end';
import { actionKey } from './model/action';
import { GroupMemory } from './observe/group-memory';
import { plan } from './plan/plan';
import { faultMessages } from './status/fault-messages';

/** A machine that an earlier incarnation of the group owned, with an ordinal that this group does not have. */
const group = aGroup(
  { replicas: 1 },
  { metadata: { ...aGroup().metadata, annotations: { [Annotation.Adopt]: 'Adopt' } } },
);
const { machine } = aReplica(group, { ordinal: 7, revision: 'of-before' });
const orphan = {
  machine,
  owner: { cluster: 'c', group: 'shop/web', groupUid: 'former', slot: { ordinal: 7, revision: 'of-before' } },
};
const orphans = { kind: 'Restored', adopt: true, machines: [orphan], refused: [], others: [] } as const;
const now = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };

test('R8: an adoption that vCenter refuses is told with the machine, and waits for its retry', () => {
  const memory = GroupMemory.from(group, now);
  const look = () => anObservation(group, { orphans, now, faults: new Map(memory.faults) });
  const [adopt] = plan(look()).actions;
  if (adopt?.kind !== 'Adopt') throw new Error('it adopts');
  memory.inFlight.sent(actionKey(adopt), adopt.kind, subjectOf(adopt), now);
  const failure = { code: 'NoPermission', message: 'the privilege X is missing', outcome: 'Refused' } as const;
  const context = { group, memory, classify: classifyFailure, random: () => 0.5, now };
  recordEnd(adopt, { kind: 'Failed', failure }, context);

  clearFaults(memory, look(), plan(look()));
  const { actions, requeueAtMs } = plan(look());
  expect(actions.filter(({ kind }) => kind === 'Adopt')).toEqual([]);
  expect(requeueAtMs).toBeGreaterThan(now.monotonicMs);
  expect(faultMessages(look(), plan(look()))[0]).toMatch(`${machine.name}: the privilege X is missing, retry at `);

  const adopted = { ...look(), orphans: { kind: 'None' } as const };
  clearFaults(memory, adopted, plan(adopted));
  expect(memory.faults.size).toBe(0);
});
