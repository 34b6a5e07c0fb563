/** An administrator who moves from the environment to VCenter objects, and changes whom they select. */
import { withinMagnitudes } from '../../fakes/vcenter';
import { AWAY_MS, type Disturbance, withVCenter } from './disturbance';

export const OF_VCENTER_OBJECTS: readonly Disturbance[] = [
  {
    name: 'VCenter made',
    weight: 2,
    happens: ({ administrator }) => {
      if (administrator === undefined || administrator.vcenter('main') !== undefined) return undefined;
      administrator.create();
      return 'a VCenter for the same vCenter is made';
    },
  },
  {
    name: 'VCenter selects nobody',
    weight: 1,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        administrator.selectNobody(name);
        const ms = withinMagnitudes(AWAY_MS, world.random);
        world.recoveries.after(ms, () => administrator.selectAgain(name));
        return `VCenter ${name} selects no namespace for ${Math.round(ms)} ms`;
      }),
  },
  {
    // A group that has machines stays where they are. One that has none yet may go to the other vCenter.
    name: "VCenters select each other's namespaces",
    weight: 2,
    happens: ({ administrator, homes, recoveries, random }) => {
      if (administrator === undefined || homes.kind !== 'BySelector') return undefined;
      administrator.swapSelectors();
      const ms = withinMagnitudes(AWAY_MS, random);
      recoveries.after(ms, () => {
        for (const name of administrator.names) administrator.selectAgain(name);
      });
      return `the VCenters select each other's namespaces for ${Math.round(ms)} ms`;
    },
  },
];
