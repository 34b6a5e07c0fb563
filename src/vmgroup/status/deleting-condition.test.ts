import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import { NOTHING } from '../model/action';
import type { KnownMachine } from '../model/known-objects';
import type { Observation } from '../model/observation';
import type { Orphans } from '../model/orphan';
import { deletingCondition } from './deleting-condition';

const deleted = (spec: Partial<VmGroupSpec> = {}) => aDeletedGroup({ replicas: 2, ...spec });
const WAY_OUT = 'or annotate it vm.codeconnect.vmworld.com/force-orphan=true to leave vCenter as it is';

function told(group: VmGroup, rest: Partial<Observation> = {}): string | undefined {
  const condition = deletingCondition(anObservation(group, rest), NOTHING);
  return condition && `${condition.status} ${condition.reason}: ${condition.message}`;
}

const off = (ordinal: number, rest = {}) =>
  aReplica(deleted(), { ordinal }, { name: `web-${ordinal}`, powerState: 'poweredOff', ...rest });
const on = (ordinal: number, rest = {}) => aReplica(deleted(), { ordinal }, { name: `web-${ordinal}`, ...rest });
const unseen = (ordinal: number): KnownMachine => {
  const { machine, slot } = off(ordinal);
  return { ref: machine.ref, slot, name: machine.name, isShown: false };
};

describe('Deleting', () => {
  test('is not told of a group that lives', () => expect(told(aGroup())).toBeUndefined());

  test('waits for a vCenter that is away, with the way out', () => {
    const away = { kind: 'Unavailable', name: 'vc', reason: 'Unreachable', message: 'vCenter vc: refused' } as const;
    expect(told(deleted(), { vcenter: { ...away, needsUser: false, reconnecting: false } })).toBe(
      `True VCenterNotReady: deletion waits for vCenter: vCenter vc: refused; ${WAY_OUT}`,
    );
  });

  test('waits while the group is paused', () =>
    expect(told(deleted({ paused: true }), { replicas: [on(0)] })).toBe(
      'True Paused: deletion waits while spec.paused is true',
    ));

  test('of a group whose spec cannot be read, which is paused for it, says what is wrong', () => {
    const group = { ...deleted({ paused: true }), specProblems: ['spec.cpu: 0 is less than 1', 'spec.memory: none'] };
    expect(told(group)).toBe(
      `True InvalidSpec: deletion waits for a spec that can be read: spec.cpu: 0 is less than 1; spec.memory: none; ${WAY_OUT}`,
    );
    expect(told({ ...deleted(), specProblems: ['spec.cpu: 0 is less than 1'] })).toContain('True WaitingForDestroy');
  });

  test('names machines whose host is not connected, before those that are removed', () => {
    const replicas = [off(0), on(1, { connectionState: 'disconnected' })];
    expect(told(deleted(), { replicas })).toBe(
      `True WaitingForDestroy: web-1: host is not connected, deletion goes on when it is back; ${WAY_OUT}`,
    );
  });

  test('counts machines that are still powered on among all', () =>
    expect(told(deleted(), { replicas: [off(0), on(1), on(2)] })).toBe(
      'True WaitingForPowerOff: 2 of 3 machines are still powered on',
    ));

  test('counts machines that are still there once all are off', () =>
    expect(told(deleted(), { replicas: [off(0), off(1)] })).toBe('True WaitingForDestroy: 2 machines are still there'));

  test('says that the folder is next once no machine is left', () =>
    expect(told(deleted())).toBe('True WaitingForDestroy: the machines are gone, the folder is next'));

  test('counts clones that are still under way, and nothing else that is', () => {
    const clones = ['a', 'b'].map((key) => anOperation('Clone', { key }));
    expect(told(deleted(), { inFlight: [...clones, anOperation('Destroy')] })).toBe(
      'True WaitingForDestroy: 2 machines are still being cloned, and are removed once they are there',
    );
    expect(told(deleted(), { inFlight: [anOperation('Destroy')] })).toContain('the folder is next');
  });

  test('waits for clones of an earlier process', () =>
    expect(told(deleted(), { unclaimedClones: true })).toBe(
      'True WaitingForDestroy: waiting for clones that an earlier operator process may have started',
    ));
});

describe('R1: what nobody can see', () => {
  test('machines that the inventory does not show are asked for by name', () =>
    expect(told(deleted(), { known: { machines: [unseen(0), unseen(1)] } })).toBe(
      'True WaitingForDestroy: web-0, web-1: vCenter is asked whether they are gone',
    ));

  test('after a failed look its fault is told', () => {
    const machine = unseen(0);
    const faults = new Map([[refKey(machine.ref), aFault(deleted(), { message: 'no answer' })]]);
    expect(told(deleted(), { known: { machines: [machine] }, faults })).toBe('True WaitingForDestroy: no answer');
  });

  const blindSpot = 'the folder /dc/vm/tenants';
  const cannotSee = `the operator's account does not see ${blindSpot}, so nobody can say whether the group's machines and folder are gone: grant it System.View and System.Read there; ${WAY_OUT}`;

  test('a place that the account does not see holds the deletion up, once no machine is left', () => {
    expect(told(deleted(), { blindSpot })).toBe(`True NotVisible: ${cannotSee}`);
    expect(told(deleted(), { blindSpot, replicas: [off(0)] })).toContain('1 machines are still there');
  });

  test('but not that of a group which leaves its machines', () =>
    expect(told(deleted({ deletionPolicy: 'Orphan' }), { blindSpot })).toContain('the folder is next'));

  test('machines that cannot be read are told with the way out', () => {
    const { name, ref } = off(0).machine;
    const unreadable = [
      { ...off(0).machine, name, ref, connectionState: 'orphaned' as const, unreadable: true as const },
    ];
    const message = told(deleted(), { unreadable });
    expect(message).toContain('True MachineUnreadable: ');
    expect(message).toContain('web-0');
    expect(message).toContain(WAY_OUT);
  });
});

describe('faults', () => {
  const group = deleted();
  const replica = off(0);
  const faultOf = (rest: Parameters<typeof aFault>[1]) => new Map([[slotKey(replica.slot), aFault(group, rest)]]);

  test('one that a person has to mend is the reason, with the way out', () =>
    expect(
      told(group, {
        replicas: [replica],
        faults: faultOf({ class: 'NeedsUser', reason: 'NoPermission', message: 'grant it' }),
      }),
    ).toBe(`True NoPermission: grant it; ${WAY_OUT}`));

  test('one that is tried again is not', () =>
    expect(told(group, { replicas: [replica], faults: faultOf({ class: 'Retryable' }) })).toBe(
      'True WaitingForDestroy: 1 machines are still there',
    ));

  test('that of the folder is told once no machine is left', () =>
    expect(told(group, { faults: new Map([['folder', aFault(group, { message: 'the folder is busy' })]]) })).toBe(
      'True WaitingForDestroy: the folder is busy',
    ));
});

describe('machines of the original operator', () => {
  const orphans: Orphans = {
    ...{ kind: 'Legacy' as const, adopt: false, folder: { type: 'Folder', value: 'old' }, path: '/dc/vm/shop-web' },
    machines: [{ machine: off(0).machine, owner: undefined }],
  };

  test('wait for the answer of a person', () => {
    const message = told(deleted(), { orphans });
    expect(message).toContain('True LegacyFolderFound: ');
    expect(message).toContain('/dc/vm/shop-web');
    expect(message).toContain(WAY_OUT);
  });

  test('are left where the group leaves its own', () =>
    expect(told(deleted({ deletionPolicy: 'Orphan' }), { orphans })).toContain('the folder is next'));
});
