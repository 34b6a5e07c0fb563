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
import type { VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import type { Orphans } from '../model/orphan';
import { plan } from '../plan/plan';
import { conditionsOf } from './conditions';
import { countReplicas } from './counts';
import { orphansMessage } from './orphans-message';
import { statusOf } from './status';

/** The condition of a group and its plan, as STATUS REASON: MESSAGE. */
function told(type: string, group: VmGroup, rest: Partial<Observation> = {}): string {
  const observed = anObservation(group, rest);
  const planned = plan(observed);
  const found = conditionsOf(observed, planned, countReplicas(observed, planned)).find((one) => one.type === type);
  return `${found?.status} ${found?.reason}: ${found?.message}`;
}

/** The group with the status of this observation. */
function written(group: VmGroup, rest: Partial<Observation>): VmGroup {
  const observed = anObservation(group, rest);
  const status = statusOf(observed, plan(observed));
  return { ...group, ...(status !== undefined && { status }) };
}

const two = aGroup({ replicas: 2 });
const both = [aReplica(two, { ordinal: 0 }), aReplica(two, { ordinal: 1 })];
const one = both.slice(0, 1);
const AWAY: Extract<Observation['vcenter'], { kind: 'Unavailable' }> = {
  ...{ kind: 'Unavailable' as const, name: 'vc', reason: 'Unreachable', message: 'vCenter vc: refused' },
  ...{ needsUser: false, reconnecting: false },
};
describe('Stalled', () => {
  const NOTHING_WAITS = 'False NotStalled: nothing waits for a person';

  test('is false of a complete group, and of one that is deleted says what is waited for', () => {
    expect(told('Stalled', two, { replicas: both })).toBe(NOTHING_WAITS);
    expect(told('Stalled', aDeletedGroup(), { replicas: one })).toBe(
      'False NotStalled: 1 of 1 machines are still powered on',
    );
  });

  test('with a spec that cannot be read, of a group that is paused for it', () => {
    const specProblems = ['spec.cpu: 0 is less than 1'];
    const paused = { ...aDeletedGroup({ paused: true }), specProblems };
    expect(told('Stalled', paused)).toBe('True InvalidSpec: spec.cpu: 0 is less than 1');
    expect(told('Stalled', { ...aDeletedGroup(), specProblems })).not.toContain('InvalidSpec');
  });

  test('while vCenter is away only if a person has to do something', () => {
    expect(told('Stalled', two, { vcenter: AWAY })).toContain('False NotStalled');
    expect(told('Stalled', two, { vcenter: { ...AWAY, needsUser: true } })).toBe(
      'True VCenterNotReady: vCenter vc: refused',
    );
  });

  describe('by the placement', () => {
    const problem = { reason: 'TemplateNotFound', field: 'spec.template', message: 'no such template' } as const;
    const { placement } = anObservation(two);
    const lost = { placement: { ...placement, problems: [problem] } };
    const stalled = /^True PlacementNotReady: .+; no such template$/;

    test.each<[string, VmGroup, Partial<Observation>, boolean]>([
      ['while one is missing', two, { replicas: one }, true],
      [
        'while one is outdated',
        two,
        { replicas: [...one, aReplica(two, { ordinal: 1, revision: 'old0000000' })] },
        true,
      ],
      ['while the folder is missing', two, { replicas: both, folder: { kind: 'Missing' } }, true],
      ['not once all is made', two, { replicas: both }, false],
      ['not of a deleted group', aDeletedGroup({ replicas: 2 }), { replicas: one }, false],
    ])('%s', (_, group, rest, expected) =>
      expect(stalled.test(told('Stalled', group, { ...rest, ...lost }))).toBe(expected),
    );
  });

  describe('by machines of an earlier operator', () => {
    const { machine } = aReplica(two, { ordinal: 0 }, { name: 'old-1', extraConfig: {} });
    const owner = { cluster: 'former', group: 'shop/web', groupUid: 'gone', slot: { ordinal: 0, revision: 'r' } };
    const legacy = (adopt: boolean): Orphans => ({
      ...{ kind: 'Legacy', adopt, folder: { type: 'Folder', value: 'old' }, path: '/dc/vm/shop-web' },
      machines: [{ machine, owner: undefined }],
    });
    const restored = (adopt: boolean): Orphans => ({
      ...{ kind: 'Restored', adopt, machines: [{ machine, owner }], refused: [], others: [] },
    });

    test.each<[string, VmGroup, Partial<Observation>, string]>([
      ['the original one', two, { orphans: legacy(false) }, 'True LegacyFolderFound: 0 of 2 replicas running; '],
      ['an earlier group', two, { orphans: restored(false) }, 'True PlacementNotReady: 0 of 2 replicas running; '],
      ['not while they are taken over', two, { orphans: legacy(true) }, NOTHING_WAITS],
      ['not where nothing is to be made', two, { orphans: legacy(false), replicas: both }, NOTHING_WAITS],
      ['the original one, before a deletion', aDeletedGroup(), { orphans: legacy(false) }, 'True LegacyFolderFound: '],
      ['not an earlier group, before a deletion', aDeletedGroup(), { orphans: restored(false) }, 'False NotStalled'],
      [
        'not before a deletion that leaves them',
        aDeletedGroup({ deletionPolicy: 'Orphan' }),
        { orphans: legacy(false) },
        'False NotStalled',
      ],
    ])('%s', (_, group, rest, expected) => {
      const message = told('Stalled', group, rest);
      expect(message).toContain(expected);
      const { orphans } = rest;
      if (expected.startsWith('True') && orphans !== undefined && orphans.kind !== 'None')
        expect(message).toContain(orphansMessage(orphans));
    });
  });

  describe('by machines that cannot be read', () => {
    const dark = { ...aReplica(two, { ordinal: 1 }, { name: 'dark' }).machine, unreadable: true as const };

    test.each<[string, VmGroup, Partial<Observation>, boolean]>([
      ['while one is missing', two, { replicas: one }, true],
      ['of a deleted group', aDeletedGroup(), {}, true],
      ['not of a complete group', two, { replicas: both }, false],
    ])('%s', (_, group, rest, expected) => {
      const message = told('Stalled', group, { ...rest, unreadable: [dark] });
      expect(/^True MachineUnreadable: .+ replicas running; .*dark/.test(message)).toBe(expected);
    });
  });

  describe('by a place that the account does not see', () => {
    test.each<[string, VmGroup, boolean]>([
      ['of a deleted group', aDeletedGroup(), true],
      ['not of a deleted group that leaves its machines', aDeletedGroup({ deletionPolicy: 'Orphan' }), false],
      ['not of a group that lives', two, false],
    ])('%s', (_, group, expected) => {
      const message = told('Stalled', group, { blindSpot: 'the folder /dc/vm/tenants', replicas: both });
      expect(/^True NotVisible: .+; the operator's account does not see the folder/.test(message)).toBe(expected);
    });
  });

  describe('by machines of spec.adopt that are refused', () => {
    const refusal = { code: 'NotFound', message: 'web-9 was not found' } as const;
    const request = { revision: 'abc', candidates: [{ name: 'web-9', refusal }] };
    const adopting = (isFulfilled: boolean) => ({ adoption: { ...request, isFulfilled } });

    test('while the place of one stays empty for it', () =>
      expect(told('Stalled', two, { replicas: one, ...adopting(false) })).toBe(
        'True AdoptionRefused: 1 of 2 replicas running; web-9 was not found',
      ));

    test('not once what is missing is cloned', () =>
      expect(told('Stalled', two, { replicas: one, ...adopting(true) })).not.toContain('AdoptionRefused'));

    test('not while nothing is missing', () =>
      expect(told('Stalled', two, { replicas: both, ...adopting(false) })).not.toContain('AdoptionRefused'));

    test('not by an adoption that is under way', () => {
      const slot = aReplica(two, { ordinal: 1 }).slot;
      const inFlight = [anOperation('Adopt', { slot })];
      const adoption = { revision: 'abc', candidates: [], isFulfilled: false };
      expect(told('Stalled', two, { replicas: one, inFlight, adoption })).toBe(NOTHING_WAITS);
    });
  });

  test('by a fault that a person has to mend, with all faults', () => {
    const slots = [0, 1].map((ordinal) => aReplica(two, { ordinal }).slot);
    const faults = new Map(slots.map((slot) => [slotKey(slot), aFault(two, { class: 'NeedsUser' })]));
    expect(told('Stalled', two, { faults })).toMatch(
      /^True ReplicaFault: 0 of 2 replicas running; .+: it went wrong, retry at .+; .+: it went wrong, retry at /,
    );
  });

  test('by the deadline, with the faults that are tried again', () => {
    const { now } = anObservation(two);
    const faults = new Map([[slotKey(aReplica(two, { ordinal: 1 }).slot), aFault(two)]]);
    const late = { now: { ...now, monotonicMs: now.monotonicMs + 1_800_000 }, replicas: one, faults };
    expect(told('Stalled', written(two, { replicas: one }), late)).toMatch(
      /^True ProgressDeadlineExceeded: no step forward for 1800 s: 1 of 2 replicas running; .+: it went wrong, retry at /,
    );
  });
});
