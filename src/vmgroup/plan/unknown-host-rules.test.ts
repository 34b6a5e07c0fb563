/** Looks at the DRS rules of a cluster after a change of which nobody knows the end. */
import { expect, test } from 'vitest';
import { aDeletedGroup, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import { clusterRef } from '../model/host-rule-wish';
import type { Observation } from '../model/observation';
import { SlotHistory } from '../model/slot-history';
import { plan } from './plan';

const EAST = clusterRef('domain-c1');
const PREFERRED = { placement: { hostAntiAffinity: 'Preferred' } } as const;

function seen(group: VmGroup, machines: number, rest: Partial<Observation> = {}): Observation {
  const replicas = Array.from({ length: machines }, (_, ordinal) => ({
    ...aReplica(group, { ordinal }, { ref: { type: 'VirtualMachine', value: `vm-${ordinal}` } }),
    cluster: EAST,
  }));
  return anObservation(group, { replicas, ...rest });
}
const apart = () => aGroup({ ...PREFERRED, replicas: 2 });
const looks = (observed: Observation) =>
  plan(observed).actions.flatMap((action) => (action.kind === 'WriteHostRules' ? [action] : []));

test('R7: after a change without a known end the rules are looked at until it can undo nothing any more', () => {
  const observed = seen(apart(), 2);
  const history = new SlotHistory();
  const [look] = looks(observed);
  if (look === undefined) throw new Error('no look');
  history.forgetHostRules(EAST, 0);
  history.wroteHostRules(look.rules, 1_000);
  const at = (monotonicMs: number) =>
    looks(seen(apart(), 2, { hostRules: history.hostRules, now: { wallMs: 0, monotonicMs } }));
  expect(at(5_000)).toEqual([]);
  expect(at(11_000)).toHaveLength(1);
  history.wroteHostRules(look.rules, 60_000);
  expect(at(100_000)).toEqual([]);
});

test('R8: so is the cluster of a group that is deleted, not more often than others', () => {
  const group = { ...aDeletedGroup(PREFERRED), status: { hostRuleClusters: ['domain-c1'] } };
  const observed = seen(group, 0, { folder: { kind: 'Missing' } });
  const history = new SlotHistory();
  const [look] = looks(observed);
  if (look === undefined) throw new Error('no look');
  history.forgetHostRules(EAST, 0);
  history.wroteHostRules(look.rules, 1_000);
  const at = (monotonicMs: number) =>
    plan({ ...observed, hostRules: history.hostRules, now: { wallMs: 0, monotonicMs } });
  expect(at(1_001)).toMatchObject({ actions: [], requeueAtMs: 11_000 });
  expect(at(11_000).actions).toMatchObject([{ kind: 'WriteHostRules' }]);
  history.wroteHostRules(look.rules, 60_000);
  expect(at(60_001).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
});
