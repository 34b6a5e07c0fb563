/** Users who give machines advanced settings and keep them on different hosts, and who change their mind. */
import type { VmGroupSpec } from '../../../src/api/vm-group';
import { oneOf } from '../../fakes/vcenter';
import { type Disturbance, withGroup } from './disturbance';

type ExtraConfig = NonNullable<VmGroupSpec['extraConfig']>;

const LISTS: readonly [ExtraConfig, ...ExtraConfig[]] = [
  [{ key: 'sim.a', value: '1' }],
  [
    { key: 'sim.b', value: '1' },
    { key: 'sim.a', value: '2' },
  ],
  [{ key: 'sim.b', value: '2' }],
];

export const OF_MACHINE_SETTINGS: readonly Disturbance[] = [
  {
    name: 'advanced settings changed',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        // Only a VCenter object allows them.
        if (world.administrator?.vcenter('main') === undefined) return undefined;
        const hasSome = (group.spec.extraConfig?.length ?? 0) > 0;
        const extraConfig = hasSome && world.random() < 0.5 ? [] : oneOf(LISTS, world.random);
        world.users.changeSpec(group, { extraConfig });
        return `${group.metadata.name} gets the settings ${JSON.stringify(extraConfig)}`;
      }),
  },
  {
    name: 'machines kept apart, or no longer',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const isApart = group.spec.placement?.hostAntiAffinity === 'Preferred';
        const hostAntiAffinity = isApart ? ('Disabled' as const) : ('Preferred' as const);
        world.users.changeSpec(group, { placement: { ...group.spec.placement, hostAntiAffinity } });
        return `${group.metadata.name} has hostAntiAffinity ${hostAntiAffinity}`;
      }),
  },
];
