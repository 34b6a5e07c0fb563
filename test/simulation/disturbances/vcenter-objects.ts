/** An administrator who moves from the environment to a VCenter object, and changes whom it selects. */
import { withinMagnitudes } from '../../fakes/vcenter';
import { AWAY_MS, type Disturbance } from './disturbance';

export const OF_VCENTER_OBJECTS: readonly Disturbance[] = [
  {
    name: 'VCenter made',
    weight: 2,
    happens: ({ administrator }) => {
      if (administrator === undefined || administrator.vcenter !== undefined) return undefined;
      administrator.create();
      return 'a VCenter for the same vCenter is made';
    },
  },
  {
    name: 'VCenter selects nobody',
    weight: 1,
    happens: ({ administrator, clock, random }) => {
      if (administrator?.vcenter === undefined) return undefined;
      administrator.select('None');
      clock.setTimer(withinMagnitudes(AWAY_MS, random), () => administrator.select('All'));
      return 'the VCenter selects no namespace for a while';
    },
  },
];
