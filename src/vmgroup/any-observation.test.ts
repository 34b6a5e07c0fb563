/** Promises of plan and status that hold for any observation, also for states that a healthy vCenter never shows. */
import Ajv from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { anyObservation } from '../../test/support/builders/any-observation';
import { revisionOf, slotKey } from '../api/identity';
import type { VmGroupStatus } from '../api/vm-group';
import { actionKey, type VCenterAction } from './model/action';
import { unseenMachines } from './model/known-objects';
import { amountOf, amountOfSize, excessOf, growth, isNothing, NOTHING_USED, plus } from './model/limits';
import { sizeOf } from './model/machine-size';
import type { Observation } from './model/observation';
import { placeOf } from './model/place';
import { plan } from './plan/plan';
import { statusOf } from './status/status';

const RUNS = { numRuns: 500 };

function everywhere(check: (observed: Observation) => void): void {
  fc.assert(fc.property(anyObservation, check), RUNS);
}

const isLateral = (kind: string) => kind !== 'AddFinalizer' && kind !== 'RemoveFinalizer';
const sends = (observed: Observation): VCenterAction[] =>
  plan(observed).actions.filter((action): action is VCenterAction => isLateral(action.kind));

describe('any plan', () => {
  test('sends nothing twice, and nothing for a machine or slot with an operation in flight', () => {
    everywhere((observed) => {
      const actions = sends(observed);
      const keys = actions.map(actionKey);
      expect(new Set(keys).size).toBe(keys.length);
      const busy = new Set(
        observed.inFlight.filter(({ operation }) => operation !== 'Shutdown').map(({ machine }) => machine?.value),
      );
      const slots = new Set(observed.inFlight.flatMap(({ slot }) => (slot === undefined ? [] : [slotKey(slot)])));
      for (const action of actions) {
        if ('replica' in action) expect(busy).not.toContain(action.replica.machine.ref.value);
        if (action.kind === 'Clone') expect(slots).not.toContain(slotKey(action.slot));
      }
    });
  });

  test('R1, R13: sends nothing for a group that is paused, frozen, without vCenter or finalizer, nor for a machine on a disconnected host', () => {
    everywhere((observed) => {
      const { group, vcenter } = observed;
      const actions = sends(observed);
      const frozen = group.status?.vcenter !== undefined;
      const unconfirmed = group.metadata.finalizers?.length === 0;
      if (group.spec.paused || vcenter.kind !== 'Ready' || frozen || unconfirmed) expect(actions).toEqual([]);
      for (const action of actions) {
        if (!('replica' in action)) continue;
        expect(action.replica.machine.connectionState).toBe('connected');
        if (action.kind === 'Destroy') expect(action.replica.machine.powerState).toBe('poweredOff');
      }
    });
  });

  test('R2: makes no more than spec.replicas and maxSurge, in numbers that are free', () => {
    everywhere((observed) => {
      const { group, policy, replicas, inFlight } = observed;
      const clones = sends(observed).filter((action) => action.kind === 'Clone');
      if (clones.length === 0) return;
      const there = new Set(replicas.map(({ slot }) => slotKey(slot)));
      const pending = inFlight.filter(
        ({ operation, slot }) => operation === 'Clone' && slot !== undefined && !there.has(slotKey(slot)),
      );
      const pendingSlots = new Set(pending.map(({ slot }) => slot && slotKey(slot)));
      if (policy.update === 'RollingUpdate') {
        const existing = there.size + pendingSlots.size;
        expect(existing + clones.length).toBeLessThanOrEqual(group.spec.replicas + policy.maxSurge);
      }
      const taken = [...replicas.map(({ slot }) => slot.ordinal), ...pending.map(({ slot }) => slot?.ordinal)];
      for (const { slot } of clones) expect(taken).not.toContain(slot.ordinal);
    });
  });

  test('R1, R2: takes over no more machines than are missing, each in a number that nothing has, and looks at them first', () => {
    everywhere((observed) => {
      const adoptions = sends(observed).filter((action) => action.kind === 'Adopt');
      const { replicas, inFlight, known, group, adoption } = observed;
      const slots = [...replicas, ...inFlight, ...known.machines].flatMap(({ slot }) => slot?.ordinal ?? []);
      const taken = new Set(slots);
      const given = adoptions.map(({ slot }) => slot.ordinal);
      expect(new Set([...taken, ...given]).size).toBe(taken.size + given.length);
      if (given.length > 0) expect(taken.size + given.length).toBeLessThanOrEqual(group.spec.replicas);
      const clones = sends(observed).flatMap((action) => (action.kind === 'Clone' ? action.slot.ordinal : []));
      expect(clones.filter((ordinal) => given.includes(ordinal))).toEqual([]);
      for (const { machine } of adoptions) {
        const candidate = adoption?.candidates.find((asked) => asked.machine === machine);
        expect(candidate?.refusal).toBeUndefined();
        expect(candidate?.inspection).toMatchObject({ machine, shape: { adapters: 1 } });
        expect(candidate?.inspection?.task).toBeUndefined();
      }
    });
  });

  test('with failure domains, sends each clone to one that can be used, and none beyond maxSkew where others wait', () => {
    everywhere((observed) => {
      const { domains } = observed.placement;
      const clones = sends(observed).filter((action) => action.kind === 'Clone');
      const usable = new Set(domains?.filter(({ problems }) => problems.length === 0).map(({ name }) => name));
      for (const { failureDomain } of clones)
        if (domains === undefined) expect(failureDomain).toBeUndefined();
        else expect(usable).toContain(failureDomain);
      const { maxSkew, waits } = observed.policy.spread;
      if (domains === undefined || !waits) return;
      const existing = (name: string) => observed.replicas.filter(({ failureDomain }) => failureDomain === name).length;
      const least = Math.min(...domains.map(({ name }) => existing(name)));
      for (const { name } of domains) {
        const made = clones.filter(({ failureDomain }) => failureDomain === name).length;
        if (made > 0) expect(made).toBeLessThanOrEqual(least + maxSkew);
      }
    });
  });

  test('R1, R7: never lets a deleted group go while a machine or place of it is out of sight', () => {
    everywhere((observed) => {
      const { metadata, spec } = observed.group;
      const isOutOfSight =
        unseenMachines(observed).length > 0 || (observed.blindSpot !== undefined && observed.folder.kind === 'Missing');
      if (metadata.deletionTimestamp === undefined || !isOutOfSight || spec.deletionPolicy === 'Orphan') return;
      expect(plan(observed).actions.map(({ kind }) => kind)).not.toContain('RemoveFinalizer');
    });
  });

  test('R15: asks for no more than the limits leave, all its steps together', () => {
    everywhere((observed) => {
      const { room, group } = observed;
      const planned = plan(observed);
      const unseen = new Set(unseenMachines(observed).map(({ slot }) => slotKey(slot)));
      const needs = sends(observed).flatMap((action) => {
        // The clone for the slot of a machine that is out of sight takes its place.
        if (action.kind === 'Clone' && unseen.has(slotKey(action.slot))) return [];
        const place = placeOf(action, group, planned);
        const has = 'replica' in action ? amountOf(action.replica.machine) : NOTHING_USED;
        return place === undefined ? [] : [{ place, growth: growth(has, place.target) }];
      });
      const need = needs.map((one) => one.growth).reduce(plus, NOTHING_USED);
      const growing = needs.filter((one) => !isNothing(one.growth));
      if (room === undefined || growing.length === 0) return;
      expect(room.isUncertain).toBe(false);
      // A machine that is taken over has the size that it has; it may not be given another one beyond the limit.
      if (growing.some(({ place }) => place.anySize !== true))
        expect(excessOf(room.limits.perVM, NOTHING_USED, amountOfSize(sizeOf(group)))).toBeUndefined();
      expect(excessOf(room.limits.perNamespace, room.used.namespace, need)).toBeUndefined();
      expect(excessOf(room.limits.total, room.used.total, need)).toBeUndefined();
    });
  });

  test('R15: a machine that may not grow is not powered off for it, and none that could not be made again is removed', () => {
    everywhere((observed) => {
      const { leaving, restarting, keptSmall, shortage } = plan(observed);
      for (const machine of keptSmall ?? []) expect(restarting).not.toContain(machine);
      if (shortage?.reason === 'PerVMLimit') expect([...leaving.values()]).not.toContain('Outdated');
    });
  });

  test('requeues only for a time that has not passed', () => {
    everywhere((observed) => {
      const { requeueAtMs } = plan(observed);
      const soft = observed.policy.powerOff.mode === 'Soft';
      // The reconciler turns an overdue Soft shutdown into a fault before it plans. This test calls plan alone.
      if (requeueAtMs !== undefined && !soft) expect(requeueAtMs).toBeGreaterThan(observed.now.monotonicMs);
    });
  });
});

describe('any status', () => {
  const statusFor = (observed: Observation): VmGroupStatus => statusOf(observed, plan(observed)) ?? expect.fail('none');

  test('is what the CRD allows', () => {
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(statusSchema());
    everywhere((observed) => {
      const status = statusFor(observed);
      expect(valid(status) ? [] : valid.errors).toEqual([]);
      for (const { reason, lastTransitionTime } of status.conditions ?? []) {
        expect(reason).toMatch(/^[A-Z][A-Za-z0-9]*$/);
        expect(lastTransitionTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      }
      const types = status.conditions?.map(({ type }) => type) ?? [];
      expect(new Set(types).size).toBe(types.length);
    });
  });

  test('counts consistently', () => {
    everywhere((observed) => {
      const status = statusFor(observed);
      if (observed.vcenter.kind !== 'Ready') return;
      const { currentReplicas = 0, readyReplicas = 0, availableReplicas = 0, updatedReplicas = 0 } = status;
      expect(status.desiredReplicas).toBe(observed.group.spec.replicas);
      expect(currentReplicas).toBeLessThanOrEqual(observed.replicas.length);
      expect(readyReplicas).toBeLessThanOrEqual(currentReplicas);
      expect(availableReplicas).toBeLessThanOrEqual(readyReplicas);
      expect(updatedReplicas).toBeLessThanOrEqual(currentReplicas);
      const there = status.replicas?.filter(({ moRef }) => moRef !== undefined) ?? [];
      expect(there.length).toBeGreaterThanOrEqual(observed.replicas.length + unseenMachines(observed).length);
      const outOfSight = observed.known.machines.filter(({ isShown }) => !isShown).length;
      expect(there.length).toBeLessThanOrEqual(observed.replicas.length + outOfSight);
      const ordinals = status.replicas?.map(({ ordinal }) => ordinal) ?? [];
      expect(ordinals).toEqual([...ordinals].sort((a, b) => a - b));
    });
  });

  test('has the phase and the message of its conditions', () => {
    everywhere((observed) => {
      const { phase, conditions = [], lastMessage } = statusFor(observed);
      const is = (type: string) => conditions.find((condition) => condition.type === type);
      const stalled = is('Stalled')?.status === 'True';
      const ready = is('Ready')?.status === 'True';
      const asAsked = observed.group.spec.powerState === 'PoweredOff' ? 'STOPPED' : 'RUNNING';
      expect(phase).toBe(stalled ? 'ERROR' : ready ? asAsked : 'PENDING');
      expect(lastMessage).toBe((stalled ? is('Stalled') : is('Ready'))?.message.slice(0, 1024));
    });
  });

  test('R5: says RUNNING only of a group that is exactly as asked for', () => {
    everywhere((observed) => {
      if (statusFor(observed).phase !== 'RUNNING') return;
      const { group, replicas, vcenter } = observed;
      expect([vcenter.kind, group.spec.powerState, group.metadata.deletionTimestamp]).toEqual([
        'Ready',
        'PoweredOn',
        undefined,
      ]);
      expect(replicas).toHaveLength(group.spec.replicas);
      const revision = revisionOf(group.spec);
      for (const { slot, machine, readySince } of replicas) {
        expect(slot.revision).toBe(revision);
        expect(machine).toMatchObject({ powerState: 'poweredOn', connectionState: 'connected' });
        expect([machine.numCpu, machine.memoryMiB]).toEqual([group.spec.cpu, group.spec.memory * 1024]);
        expect(readySince).toBeDefined();
      }
    });
  });

  test('R4, R5: is the same again once it is written, also some seconds later', () => {
    everywhere((observed) => {
      const status = statusFor(observed);
      const written = { ...observed, group: { ...observed.group, status } };
      expect(statusFor(written)).toEqual(status);
      const { wallMs, monotonicMs } = observed.now;
      const later = { wallMs: wallMs + 9_000, monotonicMs: monotonicMs + 9_000 };
      expect(statusFor({ ...written, now: later })).toEqual(status);
    });
  });
});

function statusSchema(): object {
  const [version] = vmGroupCrd.spec.versions as { schema: { openAPIV3Schema: { properties: { status: object } } } }[];
  if (version === undefined) throw new Error('the CRD has no version');
  return closed(version.schema.openAPIV3Schema.properties.status) as object;
}

/** The API server drops fields that the schema does not name. Here they are an error. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const properties = Object.entries(schema).map(([key, value]) => [key, closed(value)] as const);
  return { ...Object.fromEntries(properties), ...('properties' in schema && { additionalProperties: false }) };
}
