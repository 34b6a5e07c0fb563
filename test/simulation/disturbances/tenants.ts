/** An administrator who changes limits, allow-lists and failure domains while groups are at work. */
import { withinMagnitudes } from '../../fakes/vcenter';
import { ANYTHING, someAllowed, someLimits } from '../tenant-rules';
import type { VCenterName } from '../vcenter-administrator';
import { LOST_ZONE, someOwnZones, someZones } from '../zones';
import { AWAY_MS, type Disturbance, withGroup, withVCenter } from './disturbance';

export const OF_TENANTS: readonly Disturbance[] = [
  {
    name: 'limits changed',
    weight: 3,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        const limits = world.random() < 0.2 ? {} : someLimits(world.random);
        administrator.rule(name, { limits });
        return `VCenter ${name} limits ${JSON.stringify(limits)}`;
      }),
  },
  {
    name: 'limits lowered for a while',
    weight: 2,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        const before = administrator.vcenter(name)?.spec.limits ?? {};
        const limits = { perNamespace: { vms: Math.floor(3 * world.random()) } };
        administrator.rule(name, { limits });
        const ms = withinMagnitudes(AWAY_MS, world.random);
        world.recoveries.after(ms, () => administrator.rule(name, { limits: before }));
        return `VCenter ${name} limits ${JSON.stringify(limits)} for ${Math.round(ms)} ms`;
      }),
  },
  {
    name: 'allow-lists changed',
    weight: 2,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        const allowed = world.random() < 0.3 ? ANYTHING : someAllowed(world.random);
        administrator.rule(name, { allowed });
        return `VCenter ${name} allows ${JSON.stringify(allowed)}`;
      }),
  },
  {
    name: 'failure domains changed',
    weight: 3,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        const failureDomains = world.random() < 0.2 ? [] : someZones(world.random);
        administrator.rule(name, { failureDomains });
        return `VCenter ${name} has the failure domains ${JSON.stringify(failureDomains)}`;
      }),
  },
  {
    name: 'failure domains of a group changed',
    weight: 5,
    happens: (world) =>
      withGroup(world, (group) => {
        const { failureDomains: before, ...placement } = group.spec.placement ?? {};
        const vcenter = world.administrator?.vcenter(group.status?.vcenter?.name as VCenterName);
        const isBack = before !== undefined && world.random() < 0.3;
        const failureDomains = isBack ? undefined : someOwnZones(vcenter?.spec.failureDomains, world.random);
        if (before === undefined && failureDomains === undefined) return undefined;
        world.users.changeSpec(group, { placement: { ...placement, ...(failureDomains && { failureDomains }) } });
        return `${group.metadata.name} names the failure domains ${failureDomains?.join() ?? 'of its VCenter'}`;
      }),
  },
  {
    name: 'failure domain lost for a while',
    weight: 2,
    happens: (world) =>
      withVCenter(world, (name, administrator) => {
        const failureDomains = someZones(world.random);
        administrator.rule(name, { failureDomains: [...failureDomains, LOST_ZONE] });
        const ms = withinMagnitudes(AWAY_MS, world.random);
        world.clock.setTimer(ms, () => {
          // At the end of the story a person may have taken it out already: then nothing changes any more.
          const now = administrator.vcenter(name)?.spec.failureDomains ?? [];
          if (now.some((zone) => zone.name === LOST_ZONE.name)) administrator.rule(name, { failureDomains });
        });
        return `VCenter ${name} has a failure domain that nobody finds for ${Math.round(ms)} ms`;
      }),
  },
];
