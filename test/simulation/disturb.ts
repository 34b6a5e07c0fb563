/** Disturbs the operator: one drawn step at a time. */

import { BY_ADMINISTRATORS } from './disturbances/administrators';
import { OF_ADOPTIONS } from './disturbances/adoptions';
import type { Disturbance } from './disturbances/disturbance';
import { FAILURES } from './disturbances/failures';
import { TO_FOLDERS } from './disturbances/folders';
import { OF_HOST_GROUPS } from './disturbances/host-groups';
import { TO_MACHINES } from './disturbances/machine-owners';
import { OF_MACHINE_SETTINGS } from './disturbances/machine-settings';
import { OF_ORIGINAL_OPERATOR } from './disturbances/original-operator';
import { OF_PERMISSIONS } from './disturbances/permissions';
import { OF_STORAGE } from './disturbances/storage';
import { TO_TEMPLATES } from './disturbances/templates';
import { OF_TENANTS } from './disturbances/tenants';
import { BY_USERS } from './disturbances/users';
import { OF_VCENTER_OBJECTS } from './disturbances/vcenter-objects';
import { REFUSALS } from './disturbances/vcenter-refusals';
import type { SimulatedWorld } from './world';

const STEPS: readonly Disturbance[] = [
  ...BY_USERS,
  ...BY_ADMINISTRATORS,
  ...FAILURES,
  ...OF_STORAGE,
  ...OF_PERMISSIONS,
  ...TO_FOLDERS,
  ...TO_TEMPLATES,
  ...TO_MACHINES,
  ...REFUSALS,
  ...OF_ORIGINAL_OPERATOR,
  ...OF_VCENTER_OBJECTS,
  ...OF_MACHINE_SETTINGS,
  ...OF_TENANTS,
  ...OF_HOST_GROUPS,
  ...OF_ADOPTIONS,
];
export const DISTURBANCES: readonly string[] = STEPS.map(({ name }) => name);
const TOTAL_WEIGHT = STEPS.reduce((sum, { weight }) => sum + weight, 0);

/** Some disturbances are often not possible: then another one is drawn. */
const MOST_DRAWS = 4;

/** Does one drawn disturbance, and notes it. */
export function disturb(world: SimulatedWorld): void {
  for (let count = 0; count < MOST_DRAWS; count += 1) {
    const { name, happens, countsItself } = drawStep(world);
    const description = happens(world);
    if (description === undefined) continue;
    if (countsItself !== true) world.tally.meet('disturbance', name);
    world.say(`STEP ${description}`);
    return;
  }
}

function drawStep(world: SimulatedWorld): Disturbance {
  let draw = world.random() * TOTAL_WEIGHT;
  for (const step of STEPS) {
    draw -= step.weight;
    if (draw < 0) return step;
  }
  return FAILURES[0];
}
