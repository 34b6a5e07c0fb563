/** What people do to VmGroups. */
import { groupFolderName, revisionOf } from '../../../src/api/identity';
import { hasStaticAddresses } from '../../../src/api/static-addresses';
import { Annotation, groupKey, type VmGroupSpec } from '../../../src/api/vm-group';
import { oneOf } from '../../fakes/vcenter';
import { DATASTORE_CLUSTER } from '../make-vcenter';
import { aPolicy, aSize, aSpec, NAMES, staticAddresses } from '../spec';
import type { VCenterName } from '../vcenter-administrator';
import { type Owner, ownerOf } from '../watchers/watcher';
import type { SimulatedWorld } from '../world';
import { someOwnZones } from '../zones';
import { type Disturbance, withGroup } from './disturbance';

export const BY_USERS: readonly Disturbance[] = [
  {
    name: 'scaled',
    weight: 6,
    happens: (world) =>
      withGroup(world, (group) => {
        const replicas = Math.floor(world.random() * 6);
        world.users.changeSpec(group, { replicas });
        return `${group.metadata.name} scaled to ${replicas}`;
      }),
  },
  {
    name: 'group created',
    weight: 3,
    happens: (world) => {
      const name = oneOf(NAMES, world.random);
      if (world.users.get(world.homes.keyOf(name)) !== undefined) return undefined;
      createGroup(world, name);
      return `${name} created`;
    },
  },
  {
    name: 'group deleted',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.delete(group);
        return `${group.metadata.name} deleted`;
      }),
  },
  {
    name: 'group deleted and created again',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.delete(group);
        if (world.users.get(groupKey(group)) !== undefined) return `${group.metadata.name} is being deleted`;
        createGroup(world, group.metadata.name);
        return `${group.metadata.name} deleted and created again`;
      }),
  },
  {
    name: 'power state changed',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const powerState = group.spec.powerState === 'PoweredOn' ? 'PoweredOff' : 'PoweredOn';
        world.users.changeSpec(group, { powerState });
        return `${group.metadata.name} set to ${powerState}`;
      }),
  },
  {
    name: 'resized',
    weight: 4,
    happens: (world) =>
      withGroup(world, (group) => {
        const size = aSize(oneOf([1, 2, 4, 8], world.random), world.random);
        world.users.changeSpec(group, size);
        return `${group.metadata.name} resized to ${size.cpu} CPU and ${size.memory} GiB`;
      }),
  },
  {
    name: 'disks grown',
    weight: 1.5,
    happens: (world) =>
      withGroup(world, (group) => {
        const { rootSizeGiB = 1, extra = [] } = group.spec.disks ?? {};
        if (group.spec.clone?.mode === 'Linked') return undefined;
        const grown = extra.map((disk) => ({ ...disk, sizeGiB: disk.sizeGiB + 1 }));
        world.users.changeSpec(group, { disks: { rootSizeGiB: rootSizeGiB + 1, extra: grown } });
        return `${group.metadata.name} gets a root disk of ${rootSizeGiB + 1} GiB`;
      }),
  },
  {
    name: 'replaced',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const { placement, networks = [] } = group.spec;
        if (hasStaticAddresses(group.spec) && world.random() < 0.7) {
          const moved = networks.map((network) => ({ ...network, ...staticAddresses(world.random) }));
          world.users.changeSpec(group, { networks: moved });
          return `${group.metadata.name} gets other addresses`;
        }
        world.users.changeSpec(group, { placement: placement?.datastore ? {} : { datastore: 'datastore-1' } });
        return `${group.metadata.name} gets another spec, revision ${revisionOf(group.spec)} before`;
      }),
  },
  {
    name: 'policy changed',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const policy = aPolicy(world.random);
        world.users.changeSpec(group, policy);
        return `${group.metadata.name} gets another policy: ${JSON.stringify(policy)}`;
      }),
  },
  {
    name: 'machines retired or restarted',
    weight: 2,
    happens: (world) =>
      withGroup(world, (group) => {
        const { updateStrategy, retire = [] } = group.spec;
        const [machine] = group.status?.replicas?.flatMap(({ moRef }) => moRef ?? []) ?? [];
        if (machine !== undefined && world.random() < 0.6) {
          world.users.changeSpec(group, { retire: [...new Set([...retire, machine])].slice(-64) });
          return `${group.metadata.name} retires ${machine}`;
        }
        const restartToken = String(Math.floor(1_000 * world.random()));
        const usual = { type: 'RollingUpdate', resizePolicy: 'PowerCycle' } as const;
        world.users.changeSpec(group, { updateStrategy: { ...usual, ...updateStrategy, restartToken } });
        return `${group.metadata.name} gets the restart token ${restartToken}`;
      }),
  },
  {
    name: 'paused or resumed',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.changeSpec(group, { paused: !group.spec.paused });
        return `${group.metadata.name} ${group.spec.paused ? 'resumed' : 'paused'}`;
      }),
  },
  {
    name: 'status overwritten',
    weight: 1,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.overwriteStatus(group);
        return `somebody overwrites the status of ${group.metadata.name}`;
      }),
  },
  {
    name: 'force-orphaned',
    weight: 2.5,
    happens: (world) =>
      withGroup(world, (group) => {
        world.users.annotate(group, Annotation.ForceOrphan, 'true');
        world.users.delete(group);
        world.orphaned.add(group.metadata.uid);
        world.foldersKept.add(groupFolderName(group.metadata.namespace, group.metadata.name));
        return `${group.metadata.name} deleted with force-orphan`;
      }),
  },
  {
    name: 'group created again for its orphans',
    weight: 25,
    happens: (world) => {
      const name = orphanedGroup(world);
      if (name === undefined) return undefined;
      if (world.users.get(world.homes.keyOf(name)) === undefined) createGroup(world, name);
      const group = world.users.get(world.homes.keyOf(name));
      if (group === undefined) return undefined;
      const answer = world.random() < 0.8 ? 'Adopt' : 'Ignore';
      world.users.annotate(group, Annotation.Adopt, answer);
      return `${name} exists again, with adopt=${answer} for its orphans`;
    },
  },
];

/** The name of a group that was deleted with force-orphan and whose machines still exist. */
function orphanedGroup(world: SimulatedWorld): string | undefined {
  const alive = new Set(world.users.list().map(({ metadata }) => metadata.uid));
  const isLeft = (owner: Owner | undefined) =>
    owner?.cluster === world.clusterId && world.orphaned.has(owner.groupUid) && !alive.has(owner.groupUid);
  return world.machines.map(ownerOf).find(isLeft)?.group.split('/')[1];
}

export function createGroup(world: SimulatedWorld, name: string, metadata?: { finalizers?: string[] }): void {
  const { homes, random, users, foldersKept } = world;
  const namespace = homes.namespaceOf(name);
  const drawn = aSpec(random);
  const reference = homes.referenceTo();
  const stored = { ...drawn, ...reference, ...someStorage(world, drawn) };
  const failureDomains = random() < 0.3 ? zonesFor(world, namespace, reference) : undefined;
  const spec = failureDomains ? { ...stored, placement: { ...stored.placement, failureDomains } } : stored;
  users.create(namespace, name, spec, metadata);
  if (spec.deletionPolicy === 'Orphan') foldersKept.add(groupFolderName(namespace, name));
}

function zonesFor(
  { administrator, homes, random }: SimulatedWorld,
  namespace: string,
  { vcenterRef }: ReturnType<SimulatedWorld['homes']['referenceTo']>,
): string[] | undefined {
  const name = vcenterRef?.name ?? homes.selectedFor(namespace) ?? 'main';
  return someOwnZones(administrator?.vcenter(name as VCenterName)?.spec.failureDomains, random);
}

/** Where there is a datastore cluster, half of the groups use it. */
function someStorage({ quirks, random }: SimulatedWorld, { placement }: VmGroupSpec): Partial<VmGroupSpec> {
  if (quirks.storageDrs === 'NoCluster' || random() < 0.5) return {};
  return { placement: { ...placement, datastoreCluster: DATASTORE_CLUSTER } };
}
