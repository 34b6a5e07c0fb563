import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { AdoptionRequest, Candidate } from '../model/adoption-request';
import type { Observation } from '../model/observation';
import { adoptionCondition } from './adoption-condition';

const group = (replicas: number, spec: Partial<VmGroupSpec> = {}) => aGroup({ replicas, ...spec });
const machine = (name: string) =>
  aReplica(group(1), { ordinal: 7 }, { name, ref: { type: 'VirtualMachine', value: name } }).machine;

/** Machines that were found, and wait for a live look. */
const found = (...names: readonly string[]): Candidate[] => names.map((name) => ({ name, machine: machine(name) }));
const refused = (...names: readonly string[]): Candidate[] =>
  names.map((name) => ({ name, refusal: { code: 'NotFound', message: `${name} was not found` } }));

function told(replicas: number, candidates: readonly Candidate[], rest: Partial<Observation> = {}): string | undefined {
  const request: AdoptionRequest = {
    ...{ revision: 'abc', isFulfilled: false, candidates },
    template: { machine: machine('template') },
  };
  const { placement } = anObservation(group(replicas));
  const datacenter = { type: 'Datacenter', name: 'dc', ref: { type: 'Datacenter', value: 'dc' } } as const;
  const observed = anObservation(group(replicas), {
    ...{ adoption: request, placement: { ...placement, datacenter } },
    ...rest,
  });
  const condition = adoptionCondition(observed);
  return condition && `${condition.status} ${condition.reason}: ${condition.message}`;
}

describe('MachinesAdopted', () => {
  test('is not told of a group that asks for no machines', () =>
    expect(adoptionCondition(anObservation(group(1)))).toBeUndefined());

  test('is true once nothing is left to take over', () =>
    expect(told(1, [])).toBe('True Adopted: the group has the machines of spec.adopt'));

  test('waits while the place of the group is not resolved, also for its template alone', () => {
    const { placement } = anObservation(group(1));
    const { template: _, ...withoutTemplate } = placement;
    const datacenter = { type: 'Datacenter', name: 'dc', ref: { type: 'Datacenter', value: 'dc' } } as const;
    const waits = 'False Adopting: the machines of spec.adopt wait for what PlacementReady tells';
    expect(told(1, found('a'), { placement })).toBe(waits);
    expect(told(1, found('a'), { placement: { ...withoutTemplate, datacenter } })).toBe(waits);
  });

  test.each([
    [1, ['a'], 'a machine of spec.adopt is looked at and taken over'],
    [2, ['a', 'b'], '2 machines of spec.adopt are looked at and taken over'],
  ])('tells that %i of them are under way', (replicas, names, message) =>
    expect(told(replicas, found(...names))).toBe(`False Adopting: ${message}`),
  );

  test('names machines without a place once the others are there, and the replicas that would take all', () => {
    const replicas = [aReplica(group(1), { ordinal: 0 })];
    expect(told(1, found('a', 'b'), { replicas })).toBe(
      'False MoreThanReplicas: spec.replicas is 1: there is no place for a, b, which stay as they are; set it to 3 to take all over',
    );
    expect(told(1, found('a'), { replicas })).toBe(
      'False MoreThanReplicas: spec.replicas is 1: there is no place for a, which stays as it is; set it to 2 to take all over',
    );
  });
});

describe('refusals', () => {
  test('come before all else', () =>
    expect(told(2, [...refused('a'), ...found('b')])).toBe('False AdoptionRefused: a was not found'));

  test('are told up to three', () =>
    expect(told(3, refused('a', 'b', 'c'))).toBe(
      'False AdoptionRefused: a was not found; b was not found; c was not found',
    ));

  test('beyond three are counted', () =>
    expect(told(5, refused('a', 'b', 'c', 'd', 'e'))).toBe(
      'False AdoptionRefused: a was not found; b was not found; c was not found; 2 more are refused',
    ));

  test('are followed by the machines without a place', () =>
    expect(told(1, [...refused('a'), ...found('b')])).toBe(
      'False AdoptionRefused: a was not found; there is no place for b, which stays as it is',
    ));
});
