/** An administrator who removes the DRS host groups of failure domains for a while. */
import { LANDMARK, oneOf, withinMagnitudes } from '../../fakes/vcenter';
import { AWAY_MS, type Disturbance } from './disturbance';

export const OF_HOST_GROUPS: readonly Disturbance[] = [
  {
    name: 'host group gone',
    weight: 6,
    happens: (world) => {
      const used = world.sites.flatMap(({ name, vcenter: { compute } }) => {
        const domains = world.administrator?.vcenter(name)?.spec.failureDomains ?? [];
        const names = new Set(domains.flatMap(({ hostGroup }) => hostGroup ?? []));
        return compute.rules
          .groupsOf(LANDMARK.cluster)
          .filter((group) => names.has(group.name))
          .map((group) => ({ rules: compute.rules, group }));
      });
      const [first, ...others] = used;
      if (first === undefined) return undefined;
      const { rules, group } = oneOf([first, ...others], world.random);
      const ms = withinMagnitudes(AWAY_MS, world.random);
      world.recoveries.after(ms, rules.takeGroup(LANDMARK.cluster, group.name));
      return `the DRS host group ${group.name} is gone for ${Math.round(ms)} ms`;
    },
  },
];
