import { describe, expect, test } from 'vitest';
import { aFault, aGroup, aReplica } from '../../../test/support/builders/observation';
import { machineNameOf } from '../../api/naming';
import type { VmGroup, VmGroupStatus } from '../../api/vm-group';
import type { WorkOutcome } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import {
  annotationIgnored,
  eventOfOutcome,
  eventsOfStatus,
  folderKept,
  groupLetGo,
  machineGone,
  networkGivenByMetadata,
} from './events';

const group = aGroup({ cpu: 4, memory: 8 });
const replica = aReplica(group, { ordinal: 0 }, { name: 'web-1' });
const { machine, slot } = replica;
const folder = { type: 'Folder', value: 'group-folder' };
const DONE = { kind: 'Succeeded' } as unknown as WorkOutcome;
const FAILED = { kind: 'Failed' } as unknown as WorkOutcome;

const action = (kind: string, rest: object = {}) => ({ kind, ...rest }) as unknown as VCenterAction;

describe('the event of work that has ended well', () => {
  test.each<[VCenterAction, string, string]>([
    [action('CreateFolder', { parent: folder, name: 'shop.web' }), 'FolderCreated', 'folder shop.web created'],
    [action('DestroyFolder', { folder }), 'FolderRemoved', 'folder removed, it was empty'],
    [
      action('RenameFolder', { folder, name: 'shop.web' }),
      'FolderRenamed',
      "the original operator's folder is called shop.web from now on",
    ],
    [action('Reconfigure', { replica }), 'ReplicaResized', 'resized to 4 CPU and 8 GiB'],
    [action('SizeDisks', { replica, disks: { rootSizeGiB: 40, extra: [] } }), 'ReplicaResized', 'has root disk 40 GiB'],
    [action('PowerOn', { replica }), 'ReplicaPoweredOn', 'powered on'],
    [action('PowerOff', { replica }), 'ReplicaPoweredOff', 'powered off'],
    [action('Shutdown', { replica }), 'ReplicaShutdown', 'asked to shut down'],
    [action('Destroy', { replica }), 'ReplicaDestroyed', 'destroyed'],
    [action('Adopt', { machine, slot }), 'ReplicaAdopted', 'taken over by this group'],
    [action('ReleaseMarks', { replica }), 'ReplicaReleased', 'released: no group owns it from now on'],
  ])('$kind', (done, reason, note) => {
    const about = done.kind.includes('Folder') ? {} : { machine: 'web-1' };
    expect(eventOfOutcome(group, done, DONE, undefined)).toEqual({
      ...{ type: 'Normal', reason, action: done.kind, note },
      ...about,
    });
  });

  test('Clone names the template, and the machine that there is from now on', () =>
    expect(eventOfOutcome(group, action('Clone', { slot }), DONE, undefined)).toMatchObject({
      ...{ reason: 'ReplicaCreated', note: 'cloned from ubuntu', machine: machineNameOf(group, slot) },
    }));

  test.each(['WriteSettings', 'WriteHostRules', 'WriteAttributes', 'LookIntoFolder', 'ProveFolderGone', 'Settle'])(
    'there is none of %s: it looks, mostly',
    (kind) => expect(eventOfOutcome(group, action(kind), DONE, undefined)).toBeUndefined(),
  );
});

describe('the event of work that has failed', () => {
  const powerOn = action('PowerOn', { replica });

  test('has the reason and the message of the fault, and names the machine', () =>
    expect(eventOfOutcome(group, powerOn, FAILED, aFault(group))).toEqual({
      ...{ type: 'Warning', reason: 'SystemError', action: 'PowerOn', note: 'it went wrong', machine: 'web-1' },
    }));

  test('says what failed where that is no machine', () => {
    const note = (kind: string) => eventOfOutcome(group, action(kind, { folder }), FAILED, aFault(group));
    expect(note('DestroyFolder')).toEqual({
      ...{ type: 'Warning', reason: 'SystemError', action: 'DestroyFolder', note: 'folder: it went wrong' },
    });
    expect(note('WriteHostRules')?.note).toBe('DRS rules: it went wrong');
  });

  test('comes once per series of failures', () => {
    expect(eventOfOutcome(group, powerOn, FAILED, aFault(group, { attempts: 2 }))).toBeUndefined();
    expect(eventOfOutcome(group, powerOn, FAILED, undefined)).toBeUndefined();
  });

  test('does not come while nobody knows how the work ended', () =>
    expect(eventOfOutcome(group, powerOn, { kind: 'Unknown' } as WorkOutcome, aFault(group))).toBeUndefined());
});

describe('the events of a status', () => {
  const status = (phase: string, ...conditions: readonly (readonly [string, string, string])[]): VmGroupStatus =>
    ({
      ...{ phase, lastMessage: `${phase} it is` },
      conditions: conditions.map(([type, value, reason]) => ({
        type,
        status: value,
        reason,
        message: `${reason} it is`,
      })),
    }) as unknown as VmGroupStatus;
  const reasons = (before: VmGroupStatus | undefined, after: VmGroupStatus) =>
    eventsOfStatus(before, after).map(({ type, reason, action: what, note }) => [type, reason, what, note]);

  test.each([
    ['RUNNING', 'Running'],
    ['STOPPED', 'Stopped'],
  ])('%s is told when it begins', (phase, reason) => {
    const event = ['Normal', reason, 'Reconcile', `${phase} it is`];
    expect(reasons(undefined, status(phase))).toEqual([event]);
    expect(reasons(status('PENDING'), status(phase))).toEqual([event]);
    expect(reasons(status(phase), status(phase))).toEqual([]);
    expect(reasons(status(phase), status('PENDING'))).toEqual([]);
  });

  test('Stalled is told when it begins, and when its reason changes', () => {
    const stalled = (reason: string) => status('ERROR', ['Ready', 'False', 'Stalled'], ['Stalled', 'True', reason]);
    const event = ['Warning', 'ReplicaFault', 'Reconcile', 'ERROR it is'];
    expect(reasons(undefined, stalled('ReplicaFault'))).toEqual([event]);
    expect(reasons(stalled('PlacementNotReady'), stalled('ReplicaFault'))).toEqual([event]);
    expect(reasons(stalled('ReplicaFault'), stalled('ReplicaFault'))).toEqual([]);
    expect(reasons(undefined, status('PENDING', ['Stalled', 'False', 'NotStalled']))).toEqual([]);
  });

  test('the connection to vCenter is told when it is lost, and when it is back', () => {
    const up = status('PENDING', ['VCenterReady', 'True', 'Connected']);
    const down = status('PENDING', ['VCenterReady', 'False', 'Unreachable']);
    expect(reasons(up, down)).toEqual([['Warning', 'Unreachable', 'Connect', 'Unreachable it is']]);
    expect(reasons(down, up)).toEqual([['Normal', 'VCenterReady', 'Connect', 'Connected it is']]);
    for (const [before, after] of [
      [up, up],
      [down, down],
      [undefined, up],
      [undefined, down],
    ] as const)
      expect(reasons(before, after)).toEqual([]);
  });

  test('has no note where the status has no message', () => {
    const { lastMessage: _, ...silent } = status('RUNNING');
    expect(eventsOfStatus(undefined, silent as VmGroupStatus)[0]?.note).toBe('');
  });
});

describe('R1: what is left in vCenter', () => {
  const letGo = (untouched: 'CrdDeleted' | 'ForceOrphan' | undefined, status: object = {}) => {
    const of = { ...group, status: { vcenter: { name: 'vc', instanceUuid: 'u' }, ...status } } as VmGroup;
    return groupLetGo(of, { kind: 'RemoveFinalizer', keptFor: [], ...(untouched !== undefined && { untouched }) });
  };
  const stays = 'the folder and the marks stay in vCenter as they are';

  test('of a group that is let go: its machines are named', () => {
    const replicas = [
      { name: 'a', moRef: 'vm-1' },
      { name: 'never made' },
      { moRef: 'vm-2' },
      { name: 'b', moRef: 'vm-3' },
    ];
    expect(letGo('CrdDeleted', { replicas })).toEqual({
      ...{ type: 'Normal', reason: 'GroupLetGo', action: 'Delete' },
      note: `the CRD of the VmGroups is deleted: every machine (a, b), ${stays}`,
    });
    expect(letGo('ForceOrphan')?.note).toBe(
      `annotation vm.codeconnect.vmworld.com/force-orphan asks for it: every machine, ${stays}`,
    );
  });

  test('of a group that is let go: nothing is said where there is nothing', () => {
    expect(letGo(undefined)).toBeUndefined();
    expect(letGo('ForceOrphan', { vcenter: undefined })).toBeUndefined();
  });

  test('of a group that is removed: the folder with what is not ours, of which five are named', () => {
    const kept = (...names: string[]) => folderKept({ kind: 'RemoveFinalizer', keptFor: names });
    expect(kept()).toBeUndefined();
    expect(kept('a', 'b', 'c', 'd', 'e', 'f')).toEqual({
      ...{ type: 'Normal', reason: 'FolderKept', action: 'Delete' },
      note: 'the folder stays: it holds 6 objects that are not ours (a, b, c, d, e)',
    });
  });

  test('of a group that is removed: the folder that may be somebody else’s', () =>
    expect(folderKept({ kind: 'RemoveFinalizer', keptFor: [], unrecorded: '/dc/vm/shop.web' })?.note).toBe(
      'the folder /dc/vm/shop.web stays: nothing shows that the operator made it; remove it in vCenter if nobody needs it',
    ));
});

test('other events say what was found and where to look', () => {
  const known = { ref: machine.ref, slot, name: 'web-1', isShown: false };
  expect(machineGone(known)).toMatchObject({ type: 'Normal', reason: 'ReplicaGone', action: 'Look', machine: 'web-1' });
  expect(machineGone(known).note).toContain('vCenter has it no more, and this process did not destroy it');
  const network = { type: 'Normal', reason: 'NetworkGivenByMetadata', action: 'WriteSettings', machine: 'web-1' };
  expect(networkGivenByMetadata('web-1')).toMatchObject(network);
  expect(networkGivenByMetadata('web-1').note).toContain('spec.guest.cloudInit.metadata has a key network');
  expect(annotationIgnored('odd')).toEqual({
    ...{ type: 'Warning', reason: 'AnnotationIgnored', action: 'ReadAnnotations', note: 'odd' },
  });
});
