import { refKey } from '../../vsphere/port';
import { adoptionSubject } from '../model/adoption-request';
import { faultSubject } from '../model/fault';
import type { Observation } from '../model/observation';
import type { NamedFault } from './fault-message';

/** What failed of the machines that spec.adopt asks for: taking one over, or the look at them. */
export function adoptionFaults({ adoption, faults }: Observation): readonly NamedFault[] {
  if (adoption === undefined || faults.size === 0) return [];
  const ofMachines = adoption.candidates.flatMap(({ machine }) => {
    const fault = machine && faults.get(faultSubject(machine.ref));
    return machine === undefined || fault === undefined ? [] : { name: machine.name, fault };
  });
  const look = faults.get(refKey(adoptionSubject(adoption.revision)));
  return look === undefined ? ofMachines : [...ofMachines, { name: 'spec.adopt', fault: look }];
}
