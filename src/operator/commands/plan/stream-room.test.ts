/** R15: groups that are planned together count together in the limits of their vCenter. */

import { beforeEach, expect, test } from 'vitest';
import { aGroup, anObservation } from '../../../../test/support/builders/observation';
import { CountedWorld } from '../../../../test/support/builders/usage';
import { VirtualClock } from '../../../../test/support/time/virtual-clock';
import type { VmGroup, VmGroupSpec } from '../../../api/vm-group';
import type { Limits } from '../../../vmgroup/model/limits';
import type { Observation } from '../../../vmgroup/model/observation';
import { holderOf } from '../../../vmgroup/model/quota';
import { plan } from '../../../vmgroup/plan/plan';
import { forecast } from '../../../vmgroup/preview/forecast';
import { UID_OF_A_NEW_GROUP } from './stored-group';
import { StreamRoom } from './stream-room';

let world: CountedWorld;
beforeEach(() => {
  world = new CountedWorld();
});

function newGroup(name: string, spec: Partial<VmGroupSpec> = {}, namespace = 'shop'): VmGroup {
  const group = aGroup({ replicas: 2, ...spec });
  return { ...group, metadata: { ...group.metadata, name, namespace, uid: UID_OF_A_NEW_GROUP } };
}

/** Plans the groups one after the other, and tells how many replicas of each find no room. */
function shortages(limits: Limits, groups: readonly VmGroup[], rest: Partial<Observation> = {}): readonly number[] {
  const room = new StreamRoom(world.usage, limits, { clock: new VirtualClock(), signal: new AbortController().signal });
  return groups.map((group) => {
    const used = room.holders.used(holderOf(group), new Set());
    const present = room.holders.present(group.metadata.namespace);
    const seen = { limits, source: 'VCenter east', used, present, isUncertain: false };
    const observed = anObservation(group, { folder: { kind: 'Missing' }, room: seen, ...rest });
    const planned = plan(observed);
    room.take(observed, forecast(observed, planned));
    return planned.shortage?.replicas ?? 0;
  });
}

test('the later ones find what the earlier ones leave, in the order of the manifests', () => {
  const three = ['a', 'b', 'c'].map((name) => newGroup(name));
  expect(shortages({ perNamespace: { vms: 3 } }, three)).toEqual([0, 1, 2]);
  expect(shortages({ total: { cpu: 100 } }, three)).toEqual([0, 0, 0]);
});

test('machines that exist count, too', () => {
  world.machine('vm-1', { group: 'shop/other' });
  expect(shortages({ total: { vms: 4 } }, [newGroup('a'), newGroup('b')])).toEqual([0, 1]);
});

test('namespaces have limits of their own, and one for all', () => {
  const groups = [newGroup('a'), newGroup('a', {}, 'bank')];
  expect(shortages({ perNamespace: { vms: 2 } }, groups)).toEqual([0, 0]);
  expect(shortages({ total: { vms: 2 } }, groups)).toEqual([0, 2]);
});

test('a group takes nothing that is paused, or that is stopped by a name', () => {
  expect(shortages({ total: { vms: 2 } }, [newGroup('a', { paused: true }), newGroup('b')])).toEqual([0, 0]);
  const problems = [{ reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'm' }];
  expect(shortages({ total: { vms: 2 } }, [newGroup('a'), newGroup('b')], { placement: { problems } })).toEqual([0, 0]);
});
