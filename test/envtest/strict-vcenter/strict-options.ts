import { FEATURES, type FeaturePrivileges, type PrivilegePlace } from '../../../src/vmgroup/model/features';

/** The rules, which a test may switch off one by one. Each is described with its source in rules/. */
export const STRICT_RULES = [
  'HiddenConfiguration',
  'HostWithoutDrs',
  'CloneArguments',
  'WholeCloneConfig',
  'CpuAndMemory',
  'DeviceKeys',
  'UniqueInstanceUuid',
  'HiddenCreation',
  'QueuedClones',
  'CopiesPerDatastore',
  'PagedAnswers',
  'Privileges',
  'HiddenObjects',
  'PendingQuestion',
  'ToolsUnavailable',
  'VAppsInFolders',
  'UnsetIsIndirectRemove',
  'ToldHardware',
  'DrsRules',
  'ChangeVersion',
] as const;
export type StrictRule = (typeof STRICT_RULES)[number];

/** A role of the operator's account on an inventory object and on all below it, up to where another one is set. */
export interface Permission {
  /** Inventory path, as in /vcqaDC/vm; / is the root folder. */
  readonly path: string;
  /** None: no access. */
  readonly privileges: readonly string[];
}

export interface StrictOptions {
  readonly off?: readonly StrictRule[];
  /** Take the place of those of operatorPermissions with the same path. */
  readonly permissions?: readonly Permission[];
  /** The operator's account has no permission at first. The administrator gives it some while the simulator runs. */
  readonly withoutPermissions?: boolean;
  /** Clones of one source host that run at once; others are queued. Default 8. */
  readonly clonesPerHost?: number;
  /** The same for each datastore that a clone reads or writes. Default 128. */
  readonly clonesPerDatastore?: number;
  /** How much longer a clone takes, in which its machine is shown without configuration. Default 0. */
  readonly hiddenCreationMs?: number;
  /** Whether an object leaves the filters of an account that may not see it any more. Default: nothing is told. */
  readonly hiddenObjectsLeave?: boolean;
  /** A session without a call for so long ends; a pending wait is no call. Default: never. */
  readonly sessionIdleSeconds?: number;
  /** Each n-th answer of more than so many bytes breaks off half-way. Default: none does. */
  readonly droppedAnswers?: { readonly over: number; readonly every: number };
}

/** May do everything, with the password of the operator's account: the hand of tests in vCenter. */
export const ADMINISTRATOR = 'administrator@vsphere.local';

export const READ_ONLY: readonly string[] = ['System.Anonymous', 'System.Read', 'System.View'];

/** On the root folder, for groups with a customization specification (docs/operating.md). */
export const READ_CUSTOMIZATION = 'VirtualMachine.Provisioning.ReadCustSpecs';

/** What check can ask for, by the inventory folder below the datacenter, or for the root of the vCenter. */
export const LISTED_PRIVILEGES = {
  root: FEATURES['storage-policies'].root,
  vm: listed('folder', 'template'),
  host: listed('pool', 'cluster'),
  datastore: listed('datastore'),
  network: listed('network'),
};

/** Neither what no call of the Web Services API needs, nor what no template of the simulator does. */
function listed(...places: readonly PrivilegePlace[]): readonly string[] {
  const { tags: _, 'encrypted-templates': __, ...features } = FEATURES;
  const all: readonly FeaturePrivileges[] = Object.values(features);
  return [...new Set(places.flatMap((place) => all.flatMap((feature) => feature[place] ?? [])))];
}

/** Read-only everywhere, and what the operator needs on machines, pools, datastores and networks of a datacenter. */
export function operatorPermissions(datacenter: string): readonly Permission[] {
  const on = (folder: string, privileges: readonly string[]) => ({
    path: `/${datacenter}/${folder}`,
    privileges: [...READ_ONLY, ...privileges],
  });
  return [
    { path: '/', privileges: [...READ_ONLY, ...LISTED_PRIVILEGES.root, READ_CUSTOMIZATION] },
    on('vm', LISTED_PRIVILEGES.vm),
    on('host', LISTED_PRIVILEGES.host),
    on('datastore', LISTED_PRIVILEGES.datastore),
    on('network', LISTED_PRIVILEGES.network),
  ];
}

/** The standard permission on the VM folder of vcqaDC, with fewer privileges. */
export function machinePermission({ without }: { readonly without: readonly string[] }): Permission {
  const standard: readonly string[] = [...READ_ONLY, ...LISTED_PRIVILEGES.vm];
  return { path: '/vcqaDC/vm', privileges: standard.filter((privilege) => !without.includes(privilege)) };
}

/** What the simulator's flag -strict takes: see rules/strict.go. */
export function strictFlag(options: StrictOptions, datacenter: string): string {
  const own = options.permissions ?? [];
  const given = options.withoutPermissions ? [{ path: '/', privileges: [] }] : operatorPermissions(datacenter);
  const standard = given.filter(({ path }) => !own.some((other) => other.path === path));
  const { over, every } = options.droppedAnswers ?? { over: 0, every: 0 };
  return JSON.stringify({
    off: options.off ?? [],
    administrator: ADMINISTRATOR,
    permissions: [...standard, ...own],
    clonesPerHost: options.clonesPerHost ?? 8,
    clonesPerDatastore: options.clonesPerDatastore ?? 128,
    hiddenObjectsLeave: options.hiddenObjectsLeave ?? false,
    hiddenCreationMs: options.hiddenCreationMs ?? 0,
    sessionIdleSeconds: options.sessionIdleSeconds ?? 0,
    dropAnswersOver: over,
    dropEvery: every,
  });
}
