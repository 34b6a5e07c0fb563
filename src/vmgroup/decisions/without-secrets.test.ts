import { expect, test } from 'vitest';
import { aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { extraConfigDigest } from '../../api/extra-config-record';
import { keptGroup } from '../../api/kept-group';
import type { VmGroupSpec } from '../../api/vm-group';
import { extraConfigPart } from '../model/settings-part';
import { plan } from '../plan/plan';
import { replay } from '../preview/replay';
import { statusOf } from '../status/status';
import { readDecision } from './decision-line';
import { DecisionLog } from './decision-log';
import { wrongInDecision } from './observation-shape';
import { recordedObservation } from './recorded-observation';
import { recordedPlan } from './recorded-plan';

const CANARY = 'correct-horse-battery';
const LONG = `#cloud-config\n# ${CANARY}${'x'.repeat(5_000)}`;

const SPEC: Partial<VmGroupSpec> = {
  replicas: 2,
  guest: { cloudInit: { userData: { value: `#cloud-config\npassword: ${CANARY}` }, metadata: { value: LONG } } },
  extraConfig: [{ key: 'disk.key', value: CANARY }],
  customAttributes: [{ name: 'owner', value: CANARY }],
  readiness: { type: 'PoweredOn', guestInfo: [{ key: 'app.ready', value: 'yes' }] },
};

const spec: Readonly<Record<string, Partial<VmGroupSpec>>> = {
  'cloud-init': SPEC,
  ignition: { ...SPEC, guest: { ignition: { config: { value: `{"ignition":{"version":"3.3.0"},"x":"${CANARY}"}` } } } },
};

test.each(Object.keys(spec))(
  'R10: with %s, no text for a guest, no setting and nothing that a guest has set is kept',
  (name) => {
    const group = keptGroup(aGroup(spec[name]));
    expect(group.specProblems).toBeUndefined();
    const machine = { guestInfo: { 'app.ready': CANARY, other: CANARY }, extraConfig: { foreign: CANARY } };
    const replicas = [aReplica(group, { ordinal: 0 }), { ...aReplica(group, { ordinal: 1 }, machine) }];
    const orphan = { machine: { ...aReplica(group, { ordinal: 7 }, machine).machine }, owner: undefined };
    const observed = anObservation(group, {
      replicas,
      unreadable: [orphan.machine],
      orphans: { kind: 'Restored', adopt: true, machines: [orphan], refused: [orphan], others: [orphan.machine] },
    });
    expect(JSON.stringify(recordedObservation(observed))).not.toContain(CANARY);
  },
);

test('the identities and records of machines are those of the whole texts: replayed, nothing is replaced or written again', () => {
  const group = keptGroup(aGroup(SPEC));
  const given = new Set([extraConfigPart(extraConfigDigest(group.spec))]);
  const replicas = [0, 1].map((ordinal) => aReplica(group, { ordinal }, { guestInfo: { 'app.ready': 'yes' } }));
  const observed = anObservation(group, {
    replicas,
    written: new Map(replicas.map(({ machine }) => [machine.ref.value, given])),
    faults: new Map([['9/x', aFault(group)]]),
  });
  const planned = plan(observed);
  const lines: string[] = [];
  const log = new DecisionLog({ version: '1.0.0', onFailure: expect.unreachable });
  log.decided({
    observed,
    plan: planned,
    reportedFaults: new Map(),
    status: statusOf({ ...observed, faults: new Map() }, planned),
  });
  lines.push(...log.lines());
  expect(lines).toHaveLength(1);
  const read = readDecision(lines[0] ?? '');
  expect(planned.leaving.size).toBe(0);
  expect(replay(read).differences).toEqual([]);
});

test('R15: of a machine that a group asks for and may not have, no more is held than which one it is', () => {
  const group = aGroup({ adopt: { machines: ['vault-0'] } });
  const { machine } = aReplica(
    aGroup(),
    { ordinal: 0 },
    { name: 'vault-0', host: { type: 'HostSystem', value: 'h-1' } },
  );
  const refusal = { code: 'NotAllowed', message: 'not yours' } as const;
  const candidates = [{ name: 'vault-0', machine, refusal }];
  const observed = anObservation(group, { adoption: { revision: 'a', isFulfilled: false, candidates } });
  const { adoption } = recordedObservation(observed).observed;
  expect(adoption?.candidates[0]).toEqual({
    ...{ name: 'vault-0', refusal },
    machine: {
      ...{ ref: machine.ref, name: 'vault-0', isTemplate: false, extraConfig: {} },
      ...{ powerState: machine.powerState, connectionState: machine.connectionState },
    },
  });
});

test('R14: a dump whose adoption has another shape is refused with the place', () => {
  const observed = anObservation(aGroup(), {});
  const decision = { ...recordedObservation(observed), plan: recordedPlan(plan(observed)), skipped: 0 };
  const read = JSON.parse(JSON.stringify(decision));
  expect(wrongInDecision(read)).toBeUndefined();
  const adoption = { revision: 'a', isFulfilled: false, candidates: 5 };
  expect(wrongInDecision({ ...read, observed: { ...read.observed, adoption } })).toMatch(
    /adoption.candidates is not a list/,
  );
});
