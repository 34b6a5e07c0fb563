import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import { attributePartOf, mayGiveAttributes } from '../model/attributes';
import type { Observation } from '../model/observation';
import { SlotHistory } from '../model/slot-history';
import { statusOf } from '../status/status';
import { plan } from './plan';

const customAttributes = [{ name: 'owner', value: 'web' }];
const part = (spec: Pick<VmGroupSpec, 'customAttributes'>) => attributePartOf('customAttributes', spec);

function observed(group: VmGroup, machine: Partial<VirtualMachine> = {}, rest: Partial<Observation> = {}) {
  return anObservation(group, { replicas: [aReplica(group, { ordinal: 0 }, machine)], ...rest });
}
const actions = (...given: Parameters<typeof observed>) => plan(observed(...given)).actions;
const machineOf = (group: VmGroup) => aReplica(group, { ordinal: 0 }).machine.ref.value;
const step = { kind: 'WriteAttributes', parts: [part({ customAttributes })] };
/** A group that does not ask for attributes any more, and whose machines may have some. */
const former = (): VmGroup => {
  const group = aGroup();
  const status = statusOf(observed(aGroup({ customAttributes })), plan(observed(aGroup({ customAttributes }))));
  return { ...group, ...(status && { status }) };
};

test('a machine that exists is given its attributes once, whether it runs or is to stay off', () => {
  const group = aGroup({ customAttributes });
  expect(actions(group)).toMatchObject([step]);
  const off = aGroup({ customAttributes, powerState: 'PoweredOff' });
  expect(actions(off, { powerState: 'poweredOff' })).toMatchObject([step]);
  const written = new Map([[machineOf(group), new Set([part({ customAttributes })])]]);
  expect(actions(group, {}, { written })).toEqual([]);
});

test('a machine that is to run is powered on first: no guest sees its attributes', () => {
  expect(actions(aGroup({ customAttributes }), { powerState: 'poweredOff' })).toMatchObject([{ kind: 'PowerOn' }]);
});

test('settings go before attributes', () => {
  const group = aGroup({ customAttributes, extraConfig: [{ key: 'a', value: '1' }] });
  expect(actions(group)).toMatchObject([{ kind: 'WriteSettings' }]);
});

test('R4: a group without attributes plans nothing for them', () => {
  expect(actions(aGroup())).toEqual([]);
  expect(actions(aGroup({ customAttributes: [] }))).toEqual([]);
});

test('a suspended machine and a paused group are left alone', () => {
  expect(actions(aGroup({ customAttributes }), { powerState: 'suspended' })).toMatchObject([{ kind: 'PowerOn' }]);
  expect(actions(aGroup({ customAttributes, paused: true }))).toEqual([]);
});

test('R7: a value waits until no request of an earlier process can arrive any more', () => {
  const group = aGroup({ customAttributes });
  const { now } = anObservation(group);
  const quiet = now.monotonicMs + 5_000;
  expect(plan(observed(group, {}, { predecessorQuietAtMs: quiet }))).toMatchObject({
    actions: [],
    requeueAtMs: quiet,
  });
});

describe('what was written', () => {
  test('is written again when the list changes, and back', () => {
    const history = new SlotHistory();
    const group = aGroup({ customAttributes });
    history.wrote(machineOf(group), ['cleanup', part({ customAttributes })]);
    expect(actions(group, {}, { written: history.written })).toEqual([]);
    history.wrote(machineOf(group), [part({})]);
    expect(actions(group, {}, { written: history.written })).toMatchObject([step]);
    expect(history.written.get(machineOf(group))).toContain('cleanup');
  });

  test('is not written by its first half', () => {
    const history = new SlotHistory();
    history.preparesOnly('vm-1', 'record');
    history.wrote('vm-1', [part({ customAttributes })]);
    expect(history.written.get('vm-1')).toBeUndefined();
    history.wrote('vm-1', [part({ customAttributes })]);
    expect(history.written.get('vm-1')).toEqual(new Set([part({ customAttributes })]));
  });

  test('R8: a first half that the machine does not keep is not sent twice in a row', () => {
    const history = new SlotHistory();
    const prepares = (what: string) => {
      const isSent = history.preparesOnly('vm-1', what);
      if (isSent) history.wrote('vm-1', [part({ customAttributes })]);
      return isSent;
    };
    expect(['a', 'a', 'a', 'b'].map(prepares)).toEqual([true, false, true, true]);
    history.wrote('vm-1', [part({ customAttributes })]);
    expect(prepares('b')).toBe(true);
    history.forgetWritten('vm-1');
    expect(prepares('b')).toBe(true);
  });
});

test('R7: attributes that are not asked for any more are taken away, after a restart too, until the status is without them', () => {
  const group = former();
  expect(group.status?.customAttributesGiven).toBe(true);
  expect(actions(group)).toMatchObject([{ kind: 'WriteAttributes', parts: [part({})] }]);
  const status = (rest: Partial<Observation>) => statusOf(observed(group, {}, rest), plan(observed(group, {}, rest)));
  expect(status({})?.customAttributesGiven).toBe(true);
  const written = new Map([[machineOf(group), new Set([part({})])]]);
  expect(status({ written })?.customAttributesGiven).toBeUndefined();
  expect(status({ written, inFlight: [anOperation('Clone')] })?.customAttributesGiven).toBe(true);
});

test('R7: nothing is given before the stored status says that it may be', () => {
  const group = aGroup({ customAttributes });
  const replica = aReplica(group, { ordinal: 0 });
  const action = { kind: 'WriteAttributes', replica, parts: [part({ customAttributes })] } as const;
  const { status } = former();
  expect(mayGiveAttributes(action, group, undefined)).toBe(false);
  expect(mayGiveAttributes(action, group, group)).toBe(false);
  expect(mayGiveAttributes(action, group, { ...(status && { status }) })).toBe(true);
  expect(mayGiveAttributes(action, aGroup(), undefined)).toBe(true);
  expect(mayGiveAttributes({ kind: 'PowerOn', replica }, group, undefined)).toBe(true);
});
