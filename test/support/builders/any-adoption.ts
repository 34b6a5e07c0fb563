/** Any request for machines that exist, at one moment of its being carried out. */
import fc from 'fast-check';
import type { AdoptionRequest, Candidate, Inspection } from '../../../src/vmgroup/model/adoption-request';
import type { VirtualMachine } from '../../../src/vsphere/port';
import { aShape } from './adoption-world';
import { aGroup, aReplica } from './observation';

/** What is known of one of the machines. */
const anyFate = fc.constantFrom('NotFound', 'Refused', 'NotLooked', 'Odd', 'Busy', 'Fits', 'Fits', 'Stale');
type Fate = typeof anyFate extends fc.Arbitrary<infer T> ? T : never;

const machineOf = (name: string): VirtualMachine => ({
  ...aReplica(aGroup(), { ordinal: 0 }).machine,
  ...{ name, ref: { type: 'VirtualMachine', value: name }, extraConfig: {}, instanceUuid: `uuid-of-${name}` },
});

function inspectionOf(machine: VirtualMachine, fate: Fate): Inspection {
  return {
    machine: fate === 'Stale' ? { ...machine } : machine,
    shape: aShape(fate === 'Odd' ? { adapters: 9 } : {}),
    ...(fate === 'Busy' && { task: 'VirtualMachine.migrate' }),
    atMs: 990_000,
  };
}

function candidateOf(fate: Fate, index: number): Candidate {
  const name = `asked-${index}`;
  const machine = machineOf(name);
  switch (fate) {
    case 'NotFound':
      return { name, refusal: { code: 'NotFound', message: `"${name}" was not found` } };
    case 'Refused':
      return { name, machine, refusal: { code: 'NotConnected', message: `${name} is disconnected in vCenter` } };
    case 'NotLooked':
      return { name, machine };
    default:
      return { name, machine, inspection: inspectionOf(machine, fate) };
  }
}

export const anyAdoption: fc.Arbitrary<AdoptionRequest> = fc
  .record({ isFulfilled: fc.boolean(), fates: fc.array(anyFate, { maxLength: 6 }), isTemplateKnown: fc.boolean() })
  .map(({ isFulfilled, fates, isTemplateKnown }) => {
    const machine = machineOf('template');
    return {
      ...{ revision: 'aaaaaaaaaa', isFulfilled, candidates: fates.map(candidateOf) },
      template: { machine, ...(isTemplateKnown && { inspection: inspectionOf(machine, 'Fits') }) },
    };
  });
