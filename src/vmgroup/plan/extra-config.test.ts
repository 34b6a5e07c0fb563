import { expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { extraConfigDigest } from '../../api/extra-config-record';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation } from '../model/observation';
import { extraConfigPart } from '../model/settings-part';
import { SlotHistory } from '../model/slot-history';
import { statusOf } from '../status/status';
import { plan } from './plan';

const extraConfig = [{ key: 'disk.EnableUUID', value: 'TRUE' }];
const part = (spec: Pick<VmGroupSpec, 'extraConfig'>) => extraConfigPart(extraConfigDigest(spec));

function observed(group: VmGroup, machine: Partial<VirtualMachine> = {}, rest: Partial<Observation> = {}) {
  return anObservation(group, { replicas: [aReplica(group, { ordinal: 0 }, machine)], ...rest });
}
const actions = (...given: Parameters<typeof observed>) => plan(observed(...given)).actions;
const writes = (...given: Parameters<typeof observed>) =>
  actions(...given).filter(({ kind }) => kind === 'WriteSettings');
const machineOf = (group: VmGroup) => aReplica(group, { ordinal: 0 }).machine.ref.value;
/** A group that does not ask for settings any more, and whose machines may have some. */
const former = (spec: Partial<VmGroupSpec> = {}): VmGroup => {
  const group = aGroup(spec);
  const status = statusOf(observed(aGroup({ extraConfig })), plan(observed(aGroup({ extraConfig }))));
  return { ...group, ...(status && { status }) };
};

test('a machine that exists is given its settings once, whether it runs or not', () => {
  const group = aGroup({ extraConfig });
  const step = { kind: 'WriteSettings', parts: [part({ extraConfig })] };
  expect(actions(group)).toMatchObject([step]);
  expect(actions(aGroup({ extraConfig, powerState: 'PoweredOff' }), { powerState: 'poweredOff' })).toMatchObject([
    step,
  ]);
  expect(actions(group, { powerState: 'poweredOff' })).toMatchObject([step]);
  const written = new Map([[machineOf(group), new Set([part({ extraConfig })])]]);
  expect(actions(group, {}, { written })).toEqual([]);
});

test('another list is written again, also one that was there before', () => {
  const history = new SlotHistory();
  const group = aGroup({ extraConfig });
  history.wrote(machineOf(group), ['cleanup', part({ extraConfig })]);
  expect(writes(group, {}, { written: history.written })).toEqual([]);
  history.wrote(machineOf(group), [part({})]);
  expect(writes(group, {}, { written: history.written })).toHaveLength(1);
  expect(history.written.get(machineOf(group))).toContain('cleanup');
});

test('R4: a group without settings plans nothing for them', () => {
  expect(actions(aGroup())).toEqual([]);
  expect(actions(aGroup({ extraConfig: [] }))).toEqual([]);
});

test('R15: settings that are not allowed are not given', () => {
  const problem = { reason: 'NotAllowed', field: 'spec.extraConfig', message: 'x' } as const;
  const group = aGroup({ extraConfig });
  const { placement } = anObservation(group);
  expect(actions(group, {}, { placement: { ...placement, problems: [problem] } })).toEqual([]);
});

test('a suspended machine and a paused group are left alone', () => {
  expect(writes(aGroup({ extraConfig }), { powerState: 'suspended' })).toEqual([]);
  expect(writes(aGroup({ extraConfig, paused: true }))).toEqual([]);
});

test('R7: settings that are not asked for any more are taken away, after a restart too, until the status is without them', () => {
  const group = former();
  expect(group.status?.extraConfigGiven).toBe(true);
  expect(actions(group)).toMatchObject([{ kind: 'WriteSettings', parts: [part({})] }]);
  const status = (rest: Partial<Observation>) => statusOf(observed(group, {}, rest), plan(observed(group, {}, rest)));
  expect(status({})?.extraConfigGiven).toBe(true);
  const written = new Map([[machineOf(group), new Set([part({})])]]);
  expect(status({ written })?.extraConfigGiven).toBeUndefined();
});

test('R1: unknown is not done: a clone, an unreadable machine or one out of sight may still have settings', () => {
  const group = former();
  const written = new Map([[machineOf(group), new Set([part({})])]]);
  const { machine } = aReplica(group, { ordinal: 1 });
  for (const rest of [
    { unreadable: [machine] },
    { inFlight: [anOperation('Clone')] },
    { unclaimedClones: true },
    {
      known: {
        machines: [{ ref: machine.ref, slot: { ordinal: 1, revision: 'a1b2c3d4e5' }, name: 'x', isShown: false }],
      },
    },
  ]) {
    const seen = observed(group, {}, { written, ...rest });
    expect(statusOf(seen, plan(seen))?.extraConfigGiven).toBe(true);
  }
});
