import { describe, expect, test } from 'vitest';
import {
  aFault,
  aGroup,
  anEntry,
  anObservation,
  aReplica,
  CLUSTER_ID,
} from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { Annotation, FINALIZER, type VmGroup } from '../../api/vm-group';
import { refKey } from '../../vsphere/port';
import type { Action } from '../model/action';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const kinds = (actions: readonly Action[]): string[] => actions.map(({ kind }) => kind);
const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  kinds(plan(anObservation(group, rest)).actions);

const deleted = (spec: Parameters<typeof aGroup>[0] = {}, annotations: Record<string, string> = {}): VmGroup =>
  aGroup(spec, {
    metadata: { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [FINALIZER], annotations },
  });

describe('before anything is touched', () => {
  test('R13: a group without our finalizer gets it, and nothing else happens', () => {
    const group = aGroup({}, { metadata: { ...aGroup().metadata, finalizers: [] } });
    expect(planned(group)).toEqual(['AddFinalizer']);
  });

  test('R13: nothing is planned while vCenter is not ready', () => {
    const vcenter = {
      kind: 'Unavailable',
      name: '(env)',
      reason: 'Unreachable',
      message: '',
      needsUser: false,
    } as const;
    expect(planned(aGroup(), { vcenter: { ...vcenter, reconnecting: true } })).toEqual([]);
    expect(planned(deleted(), { vcenter: { ...vcenter, reconnecting: false } })).toEqual([]);
  });

  test('another vCenter behind the same name freezes the group', () => {
    const group = aGroup({}, { status: { vcenter: { name: '(env)', instanceUuid: 'another' } } });
    expect(planned(group)).toEqual([]);
    expect(planned({ ...deleted(), status: group.status ?? {} })).toEqual([]);
  });

  test('a paused group changes nothing, not even when deleted', () => {
    const group = aGroup({ paused: true, replicas: 5 });
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })];
    expect(planned(group, { replicas })).toEqual([]);
    expect(planned(deleted({ paused: true }), { replicas })).toEqual([]);
  });
});

describe('folders', () => {
  test('the default folder is made first, then the group folder', () => {
    const within = { type: 'Folder', value: 'vm' };
    const placement = anObservation(aGroup()).placement;
    const observed = anObservation(aGroup(), {
      folder: { kind: 'Missing' },
      placement: { ...placement, parentFolder: { kind: 'Missing', within, name: 'vm-operator' } },
    });
    expect(plan(observed).actions).toEqual([{ kind: 'CreateFolder', parent: within, name: 'vm-operator' }]);
    const next = plan(anObservation(aGroup(), { folder: { kind: 'Missing' } }));
    expect(next.actions).toEqual([
      { kind: 'CreateFolder', parent: { type: 'Folder', value: 'parent' }, name: 'shop.web' },
    ]);
  });

  test('one folder is not created twice', () => {
    expect(planned(aGroup(), { folder: { kind: 'Missing' }, inFlight: [anEntry('CreateFolder')] })).toEqual([]);
  });
});

describe('creation', () => {
  test('missing replicas are cloned into the lowest free ordinals', () => {
    const group = aGroup({ replicas: 4 });
    const { actions } = plan(anObservation(group, { replicas: [aReplica(group, { ordinal: 1 })] }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([0, 2, 3]);
  });

  test('R2: a slot whose clone is under way is not cloned again', () => {
    const group = aGroup({ replicas: 2 });
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const { actions } = plan(anObservation(group, { inFlight: [anEntry('Clone', { slot })] }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([1]);
  });

  test('R2: nothing is cloned while clones of an earlier process may still run', () => {
    expect(planned(aGroup({ replicas: 3 }), { unclaimedClones: true })).toEqual([]);
  });

  test('R2: a lost reply is settled by a live read before the slot is tried again', () => {
    const group = aGroup();
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const lost = anEntry('Clone', { slot, state: 'Unknown', stateSinceMs: 1_000_000 });
    expect(plan(anObservation(group, { inFlight: [lost] }))).toMatchObject({ actions: [], requeueAtMs: 1_002_000 });
    const later = { wallMs: 0, monotonicMs: 1_002_000 };
    expect(planned(group, { inFlight: [lost], now: later })).toEqual(['Settle']);
  });

  test('an unresolved name stops creation, and leaves what runs alone', () => {
    const group = aGroup({ replicas: 3 });
    const placement = {
      ...anObservation(group).placement,
      problems: [{ reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'gone' }],
    };
    expect(planned(group, { placement, replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([]);
  });

  test('machines of another group in the folder stop creation', () => {
    expect(planned(aGroup(), { orphans: { kind: 'Restored', adopt: false, machines: [], others: [] } })).toEqual([]);
  });

  test('a failing slot waits for its retry while its siblings go on', () => {
    const group = aGroup({ replicas: 2 });
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group)]]);
    const result = plan(anObservation(group, { faults }));
    expect(result.actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([1]);
    expect(result.requeueAtMs).toBe(1_060_000);
  });

  test('a change of the spec, or of the retry annotation, makes a waiting slot due at once', () => {
    const group = aGroup();
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group)]]);
    expect(planned(group, { faults })).toEqual([]);
    const changed = aGroup({}, { metadata: { ...group.metadata, generation: 2 } });
    expect(planned(changed, { faults })).toEqual(['Clone']);
    const asked = aGroup({}, { metadata: { ...group.metadata, annotations: { [Annotation.Retry]: 'now' } } });
    expect(planned(asked, { faults })).toEqual(['Clone']);
  });

  test('a taken name is tried again soon after its holder has left, not half an hour later', () => {
    const group = aGroup();
    const revision = revisionOf(group.spec);
    const fault = aFault(group, { reason: 'DuplicateName', retryAt: { wallMs: 0, monotonicMs: 9_000_000 } });
    const faults = new Map([[`0/${revision}`, fault]]);
    const taken = [aReplica(group, { ordinal: 0 }).machine.name];
    expect(plan(anObservation(group, { faults, foreignNames: taken })).requeueAtMs).toBe(9_000_000);
    expect(plan(anObservation(group, { faults })).requeueAtMs).toBe(1_002_000);
  });
});

describe('repair', () => {
  test('a machine that is off is switched on', () => {
    const group = aGroup();
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })] })).toEqual([
      'PowerOn',
    ]);
  });

  test('a machine that keeps going off backs off, 10 s doubling', () => {
    const group = aGroup();
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })];
    const repairs = new Map([[`0/${revisionOf(group.spec)}`, { lastMs: 1_000_000, count: 2 }]]);
    expect(plan(anObservation(group, { replicas, repairs }))).toMatchObject({ actions: [], requeueAtMs: 1_020_000 });
    const due = { wallMs: 0, monotonicMs: 1_020_000 };
    expect(planned(group, { replicas, repairs, now: due })).toEqual(['PowerOn']);
  });

  test('a machine that is off takes a new size before it is switched on', () => {
    const group = aGroup({ cpu: 8 });
    const replicas = [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff', numCpu: 2 })];
    expect(planned(group, { replicas })).toEqual(['Reconfigure']);
  });

  test('a machine whose host is down is left alone and not replaced', () => {
    const group = aGroup();
    const away = { powerState: 'poweredOff', connectionState: 'disconnected' } as const;
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 }, away)] })).toEqual([]);
  });

  test('a machine that something is under way for is not touched', () => {
    const group = aGroup();
    const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [replica], inFlight: [anEntry('Clone', { slot: replica.slot })] })).toEqual([]);
  });

  test('powerState PoweredOff switches the whole group off and keeps it off', () => {
    const group = aGroup({ powerState: 'PoweredOff', replicas: 2 });
    const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' })];
    expect(planned(group, { replicas })).toEqual(['PowerOff']);
  });
});

describe('scale-down', () => {
  const goingOf = (group: VmGroup, replicas: Observation['replicas'], rest: Partial<Observation> = {}) => {
    const { leaving } = plan(anObservation(group, { replicas, ...rest }));
    return replicas
      .filter(({ machine }) => leaving.has(`VirtualMachine:${machine.ref.value}`))
      .map(({ slot }) => slot.ordinal);
  };

  test('takes the newest first when all are equal', () => {
    const group = aGroup({ replicas: 1 });
    expect(
      goingOf(
        group,
        [0, 1, 2].map((ordinal) => aReplica(group, { ordinal })),
      ),
    ).toEqual([1, 2]);
  });

  test('takes what is off before what runs, and what needs a person before that', () => {
    const group = aGroup({ replicas: 2 });
    const replicas = [
      aReplica(group, { ordinal: 0 }),
      aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' }),
      aReplica(group, { ordinal: 2 }),
    ];
    expect(goingOf(group, replicas)).toEqual([1]);
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group, { class: 'NeedsUser' })]]);
    expect(goingOf(group, replicas, { faults })).toEqual([0]);
  });

  test('takes a machine whose host is down last', () => {
    const group = aGroup({ replicas: 1 });
    const replicas = [
      aReplica(group, { ordinal: 0 }),
      aReplica(group, { ordinal: 1 }, { connectionState: 'disconnected' }),
    ];
    expect(goingOf(group, replicas)).toEqual([0]);
  });

  test('switches a surplus machine off, then destroys it', () => {
    const group = aGroup({ replicas: 0 });
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['PowerOff']);
    const off = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [off] })).toEqual(['Destroy']);
  });

  test('of two machines with one ordinal the outdated one goes, also where nothing is updated by itself', () => {
    const group = aGroup({ replicas: 2, updateStrategy: { type: 'OnDelete', resizePolicy: 'PowerCycle' } });
    const old = aReplica(group, { ordinal: 1, revision: 'old0000000' });
    const { leaving } = plan(anObservation(group, { replicas: [old, aReplica(group, { ordinal: 1 })] }));
    expect([...leaving]).toEqual([[refKey(old.machine.ref), 'Surplus']]);
  });

  test('of two machines that claim one slot, the one with another instanceUuid goes', () => {
    const group = aGroup();
    const copy = aReplica(group, { ordinal: 0 }, { ref: { type: 'VirtualMachine', value: 'a' }, instanceUuid: 'x' });
    const { leaving } = plan(anObservation(group, { replicas: [copy, aReplica(group, { ordinal: 0 })] }));
    expect([...leaving.keys()]).toEqual(['VirtualMachine:a']);
  });

  test('R1: what else is in the folder is no replica', () => {
    expect(planned(aGroup({ replicas: 0 }), { foreignNames: ['pet'] })).toEqual([]);
  });
});

describe('a new revision', () => {
  const group = aGroup({ replicas: 3 });
  const old = (ordinal: number, machine = {}) => aReplica(group, { ordinal, revision: 'old0000000' }, machine);

  test('replaces one replica at a time while all others run', () => {
    const replicas = [old(0), old(1), old(2)];
    expect(planned(group, { replicas })).toEqual(['PowerOff']);
    const oneAway = [old(0), old(1)];
    expect(planned(group, { replicas: oneAway })).toEqual(['Clone']);
  });

  test('waits while its successor could not be created', () => {
    const placement = {
      ...anObservation(group).placement,
      problems: [{ reason: 'Ambiguous' as const, field: 'f', message: 'm' }],
    };
    expect(planned(group, { replicas: [old(0), old(1), old(2)], placement })).toEqual([]);
  });

  test('replaces what does not run anyway, however many are away', () => {
    const replicas = [old(0, { powerState: 'poweredOff' }), old(1, { powerState: 'poweredOff' }), old(2)];
    const { leaving } = plan(anObservation(group, { replicas }));
    expect([...leaving.keys()]).toEqual(['VirtualMachine:vm-0/old0000000']);
  });
});

describe('deletion', () => {
  test('switches off, destroys, removes the empty folder, then lets the object go', () => {
    const group = deleted();
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['PowerOff']);
    const off = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [off] })).toEqual(['Destroy']);
    expect(planned(group)).toEqual(['DestroyFolder']);
    expect(planned(group, { folder: { kind: 'Missing' } })).toEqual(['RemoveFinalizer']);
  });

  test('R1: foreign content keeps the folder, never the finalizer', () => {
    expect(plan(anObservation(deleted(), { foreignNames: ['pet'] })).actions).toEqual([
      { kind: 'RemoveFinalizer', keptFor: ['pet'] },
    ]);
  });

  test('R7: waits for what is still under way, so that no orphan stays behind', () => {
    const slot = { ordinal: 0, revision: 'x' };
    expect(planned(deleted(), { inFlight: [anEntry('Clone', { slot })] })).toEqual([]);
    expect(planned(deleted(), { unclaimedClones: true })).toEqual([]);
  });

  test('with Orphan only takes our marks off', () => {
    const group = deleted({ deletionPolicy: 'Orphan' });
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['ReleaseMarks']);
    expect(planned(group)).toEqual(['RemoveFinalizer']);
  });

  test('waits for a machine whose host is down', () => {
    const group = deleted();
    const away = aReplica(group, { ordinal: 0 }, { connectionState: 'disconnected' });
    expect(planned(group, { replicas: [away] })).toEqual([]);
  });

  test('force-orphan lets the object go at once, whatever vCenter says', () => {
    const group = deleted({ paused: true }, { [Annotation.ForceOrphan]: 'true' });
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(planned(group, { replicas })).toEqual(['RemoveFinalizer']);
  });

  test('of the whole kind is an uninstall: the object goes, every machine stays', () => {
    const group = deleted();
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(planned(group, { replicas, uninstalling: true })).toEqual(['RemoveFinalizer']);
  });

  test('is none of our business without our finalizer', () => {
    const group = { ...deleted(), metadata: { ...deleted().metadata, finalizers: ['other'] } };
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([]);
  });
});

test('R4: a settled group plans nothing and waits for nothing', () => {
  const group = aGroup({ replicas: 2 });
  const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })];
  const result = plan(anObservation(group, { replicas, clusterId: CLUSTER_ID }));
  expect(result.actions).toEqual([]);
  expect(result.requeueAtMs).toBeUndefined();
});
