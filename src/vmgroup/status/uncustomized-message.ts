import type { Observation } from '../model/observation';
import { isUncustomized } from '../model/uncustomized';

const MOST_TOLD = 3;

/** What a person does about machines that are not powered on because their guests were not customized. */
export function uncustomizedMessages(observed: Observation): readonly string[] {
  const left = observed.replicas.filter((replica) => isUncustomized(replica, observed));
  return left
    .slice(0, MOST_TOLD)
    .map(
      ({ machine }) =>
        `${machine.name} was left behind without its customization and stays powered off: correct the customization specification, and delete the machine in vCenter to get another one`,
    );
}
