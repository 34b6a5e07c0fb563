/** Draws specs as users write them. */
import { hash } from 'node:crypto';
import type { VmGroupSpec } from '../../src/api/vm-group';
import type { Random } from '../../src/time/random';
import { oneOf, STORED_CUSTOMIZATION } from '../fakes/vcenter';

export const NAMESPACE = 'shop';
export const TEMPLATE = 'vm-operator-template';
/** That linked clones are based on. */
export const SNAPSHOT = 'base';
/** The folder of machines that people made, which groups may ask for. */
export const BY_HAND = 'by-hand';
export const NAMES = ['web', 'db', 'cache'] as const;

/** Of those that every vCenter has. */
export const STORAGE_POLICIES = ['vSAN Default Storage Policy', 'VVol No Requirements Policy'] as const;

/** A Secret with guest data, and its content, which must never be in a status, an event or a log (R10). */
export const GUEST_SECRET = { name: 'guest-data', key: 'user-data' } as const;
export const GUEST_CANARY = hash('sha256', 'guest data of the simulation').slice(0, 20);

export function aSpec(random: Random): VmGroupSpec {
  const base: VmGroupSpec = {
    ...aSize(oneOf([1, 2, 4], random), random),
    replicas: Math.floor(random() * 5),
    template: TEMPLATE,
    powerState: random() < 0.85 ? 'PoweredOn' : 'PoweredOff',
    deletionPolicy: random() < 0.85 ? 'Delete' : 'Orphan',
    paused: false,
    minReadySeconds: random() < 0.7 ? 0 : Math.floor(60 * random()),
    ...(random() < 0.2 && { disks: someDisks(random) }),
    progressDeadlineSeconds: oneOf([120, 600, LONGEST_PROGRESS_DEADLINE_S], random),
  };
  // Half of the groups have only the fields of the original operator.
  if (random() < 0.5) return base;
  const drawn = { ...base, ...aPolicy(random), ...guestAndNetworks(random), ...someClone(base, random) };
  const storagePolicy = random() < 0.15 ? oneOf(STORAGE_POLICIES, random) : undefined;
  const spec = storagePolicy === undefined ? drawn : { ...drawn, placement: { ...drawn.placement, storagePolicy } };
  const network = spec.networks?.[0]?.name;
  const byNetwork = network !== undefined && spec.readiness?.type === 'IPAddress' && random() < 0.5;
  return byNetwork ? { ...spec, readiness: { ...spec.readiness, type: 'IPAddress', network } } : spec;
}

/** The root disk of a linked clone cannot grow: the CRD refuses both. */
function someClone({ disks }: VmGroupSpec, random: Random): Pick<VmGroupSpec, 'clone'> {
  if (disks?.rootSizeGiB !== undefined || random() > 0.2) return {};
  return { clone: { mode: 'Linked', ...(random() < 0.6 && { snapshot: SNAPSHOT }) } };
}

/** The root disk of the template has 1 GiB. */
function someDisks(random: Random): NonNullable<VmGroupSpec['disks']> {
  const extra = random() < 0.5 ? [{ name: 'data', sizeGiB: oneOf([1, 2], random) }] : [];
  return random() < 0.6 ? { rootSizeGiB: oneOf([1, 2], random), extra } : { extra };
}

/** A size with this number of CPUs. Some groups give more of the hardware; the CRD refuses sockets that do not fit. */
export function aSize(cpu: number, random: Random): Pick<VmGroupSpec, 'cpu' | 'memory' | 'hardware'> {
  const some = <T>(value: () => T): T | undefined => (random() < 0.5 ? value() : undefined);
  const flag = () => random() < 0.5;
  const memory = oneOf([1, 2], random);
  if (random() < 0.7) return { cpu, memory, hardware: {} };
  const coresPerSocket = some(() => (cpu % 2 === 0 && flag() ? 2 : 1));
  const [cpuHotAdd, memoryHotAdd] = [some(flag), some(flag)];
  const hardware = {
    ...(coresPerSocket !== undefined && { coresPerSocket }),
    ...(cpuHotAdd !== undefined && { cpuHotAdd }),
    ...(memoryHotAdd !== undefined && { memoryHotAdd }),
  };
  return { cpu, memory, hardware };
}

export const LONGEST_PROGRESS_DEADLINE_S = 1_800;
const READINESS = ['PoweredOn', 'ToolsRunning', 'IPAddress'] as const;
const POWER_OFF = ['Hard', 'Soft', 'TrySoft'] as const;
const ORDER = ['Newest', 'Oldest', 'HighestOrdinal'] as const;
const UPDATE = ['RollingUpdate', 'RollingUpdate', 'OnDelete'] as const;
const APART = ['Disabled', 'Preferred', 'Preferred'] as const;
const RESIZE = ['HotAddOnly', 'PowerCycle', 'Replace'] as const;

/** The fields that say how changes are made. */
export function aPolicy(random: Random): Partial<VmGroupSpec> {
  const some = <T>(field: () => T): T | undefined => (random() < 0.6 ? field() : undefined);
  const readiness = some(() => ({
    type: oneOf(READINESS, random),
    // Every guest sets it as it boots.
    ...(random() < 0.3 && { guestInfo: [{ key: 'ready', value: 'true' }] }),
  }));
  const powerOff = some(() => {
    const mode = oneOf(POWER_OFF, random);
    const timeoutSeconds = Math.round(10 + 50 * random());
    // The CRD refuses a timeout with mode Hard.
    return mode === 'Hard' ? { mode } : { mode, timeoutSeconds };
  });
  const scaleDown = some(() => ({ order: oneOf(ORDER, random) }));
  const maxSurge = oneOf<number | string>([0, 1, 2, '25%', '100%'], random);
  const maxUnavailable = oneOf<number | string>([1, 2, '25%', '50%', 0], random);
  const updateStrategy = some(() => ({
    type: oneOf(UPDATE, random),
    // The CRD refuses two amounts of 0.
    rollingUpdate: { maxSurge, maxUnavailable: maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable },
    resizePolicy: oneOf(RESIZE, random),
  }));
  const spread = some(() => ({
    maxSkew: oneOf([1, 1, 2], random),
    whenUnsatisfiable: oneOf(['DoNotSchedule', 'ScheduleAnyway'] as const, random),
  }));
  const hostAntiAffinity = some(() => oneOf(APART, random));
  return {
    ...((spread || hostAntiAffinity) && {
      placement: { ...(spread && { spread }), ...(hostAntiAffinity && { hostAntiAffinity }) },
    }),
    ...(readiness && { readiness }),
    ...(powerOff && { powerOff }),
    ...(scaleDown && { scaleDown }),
    ...(updateStrategy && { updateStrategy }),
  };
}

const NAMINGS: readonly [Naming, Naming] = [
  { vmName: '$(group.name)-$(vm.ordinal)-$(vm.id)' },
  { vmName: '$(vm.id).$(group.namespace)', hostname: '$(group.name)-$(vm.ordinal)' },
];
type Naming = NonNullable<VmGroupSpec['naming']>;

/** The fields of a revision besides template and placement, and names. */
function guestAndNetworks(random: Random): Partial<VmGroupSpec> {
  const network = oneOf(['VM Network', 'DC0_DVPG0', 'segment-1'], random);
  const text = `#cloud-config\n# ${GUEST_CANARY} $(vm.name)\n`;
  const drawn = random();
  // A long text is not kept in memory.
  const value = drawn < 0.75 ? text : text.padEnd(5_000, '#');
  const userData = drawn < 0.5 ? { secretKeyRef: GUEST_SECRET } : { value };
  return {
    ...(random() < 0.3 && { networks: [{ name: 'lan', network, ...(random() < 0.5 && staticAddresses(random)) }] }),
    ...(random() < 0.2 && { naming: oneOf(NAMINGS, random) }),
    ...(random() < 0.3 && {
      guest:
        random() < 0.4
          ? { customizationSpec: { name: STORED_CUSTOMIZATION } }
          : random() < 0.2
            ? { ignition: { config: { value: JSON.stringify({ ignition: { version: '3.4.0' }, text: value }) } } }
            : { cloudInit: { userData, ...(random() < 0.5 && { cleanup: true }) } },
    }),
  };
}

/** Two lists overlap: an entry of one may be another ordinal's in the next. There is one for each replica, surge included. */
export function staticAddresses(random: Random): { readonly addresses: string[]; readonly gateway: string } {
  const first = 10 + Math.floor(4 * random());
  return { addresses: Array.from({ length: 32 }, (_, index) => `10.0.0.${first + index}/24`), gateway: '10.0.0.1' };
}
