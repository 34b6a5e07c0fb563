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

type CustomAttributes = NonNullable<VmGroupSpec['customAttributes']>;

/** Nobody has defined `color` at first. */
const ATTRIBUTES: readonly [CustomAttributes, ...CustomAttributes[]] = [
  [{ name: 'owner', value: 'shop' }],
  [
    { name: 'stage', value: 'test' },
    { name: 'owner', value: 'web' },
  ],
  [{ name: 'stage', value: 'live' }],
  [
    { name: 'color', value: 'red' },
    { name: 'owner', value: 'shop' },
  ],
];

type Tags = NonNullable<VmGroupSpec['tags']>;

/** A category allows one tag per object, and `color` is none at first. */
const TAGS: readonly [Tags, ...Tags[]] = [
  [{ category: 'stage', name: 'test' }],
  [
    { category: 'stage', name: 'live' },
    { category: 'team', name: 'web' },
  ],
  [
    { category: 'team', name: 'web' },
    { category: 'team', name: 'shop' },
  ],
  [{ category: 'team', name: 'color' }],
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
  {
    name: 'custom attributes changed',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const hasSome = (group.spec.customAttributes?.length ?? 0) > 0;
        const customAttributes = hasSome && world.random() < 0.5 ? [] : oneOf(ATTRIBUTES, world.random);
        world.users.changeSpec(group, { customAttributes });
        return `${group.metadata.name} gets the attributes ${JSON.stringify(customAttributes)}`;
      }),
  },
  {
    name: 'tags changed',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const hasSome = (group.spec.tags?.length ?? 0) > 0;
        const tags = hasSome && world.random() < 0.5 ? [] : oneOf(TAGS, world.random);
        world.users.changeSpec(group, { tags });
        return `${group.metadata.name} gets the tags ${JSON.stringify(tags)}`;
      }),
  },
];
