/** Machines of spec.adopt that a plan has given to a group: no other group of the files gets them, too. */
import { groupKey, type VmGroup } from '../../../api/vm-group';
import { adoptionDecision } from '../../../vmgroup/model/adoption-decision';
import type { Candidate } from '../../../vmgroup/model/adoption-request';
import type { Observation } from '../../../vmgroup/model/observation';
import { refKey } from '../../../vsphere';

/** On one vCenter, in the order of the manifests. */
export class PromisedMachines {
  /** By refKey of the machine. */
  readonly #owners = new Map<string, VmGroup>();

  /** The observation of a group, in which what is promised is refused as it will be once the other group has it. */
  applyTo(observed: Observation): Observation {
    const { adoption } = observed;
    if (adoption === undefined || this.#owners.size === 0) return observed;
    return { ...observed, adoption: { ...adoption, candidates: adoption.candidates.map((one) => this.#judged(one)) } };
  }

  /** Keeps what the group takes over once it can. A paused group takes nothing, and one without room nothing more. */
  keep(observed: Observation): void {
    const { group } = observed;
    if (group.spec.paused) return;
    for (const { machine } of adoptionDecision(observed).take) this.#owners.set(refKey(machine.ref), group);
  }

  #judged(candidate: Candidate): Candidate {
    const owner = candidate.machine && this.#owners.get(refKey(candidate.machine.ref));
    if (owner === undefined || candidate.refusal !== undefined) return candidate;
    const message = `${candidate.name} goes to VmGroup ${groupKey(owner)}, which comes before in the files: take it out of spec.adopt of one of them`;
    return { ...candidate, refusal: { code: 'OwnedByAnother', message } };
  }
}
