/**
 * The rooms of the project and what each may import, as data: docs/architecture.md shows the same. A room may always import
 * itself and src/time. `*.test.ts` files may import anything.
 */
export interface Room {
  /** Folder, from the root of the project. A file belongs to the deepest room that holds it. */
  readonly folder: string;
  /** Folders, or single modules (without `.ts`), that it may import. A folder stands for the rooms inside it too. */
  readonly imports: readonly string[];
  /** npm packages that it may import; absent means any. Modules of Node itself are always allowed. */
  readonly packages?: readonly string[];
}

const CDK8S = ['cdk8s', 'constructs'] as const;

/** Rooms of one parent where each may import those before it, and all of them what `also` names. */
function floors(parent: string, names: readonly string[], also: readonly string[]): Room[] {
  return names.map((name, index) => ({
    folder: `${parent}/${name}`,
    imports: [...names.slice(0, index).map((below) => `${parent}/${below}`), ...also],
  }));
}

/** What the heart sees of the two layers: ports only, so that models can stand in for them. */
const VMGROUP_PORTS = ['src/api', 'src/vsphere/port'] as const;

const VMGROUP_LOOP = [
  ...['src/vmgroup/model', 'src/vmgroup/observe', 'src/vmgroup/plan', 'src/vmgroup/act', 'src/vmgroup/status'],
  ...['src/vmgroup/decisions', 'src/vmgroup/reconciler', 'src/vmgroup/dispatch'],
] as const;

/** observe, plan, act and status are siblings over the model: none knows another. preview puts all four into words. */
const VMGROUP: readonly Room[] = [
  { folder: 'src/vmgroup/model', imports: VMGROUP_PORTS, packages: [] },
  { folder: 'src/vmgroup/observe', imports: ['src/vmgroup/model', ...VMGROUP_PORTS], packages: [] },
  { folder: 'src/vmgroup/plan', imports: ['src/vmgroup/model', ...VMGROUP_PORTS], packages: [] },
  // Guest metadata is YAML that people wrote.
  { folder: 'src/vmgroup/act', imports: ['src/vmgroup/model', ...VMGROUP_PORTS], packages: ['yaml'] },
  { folder: 'src/vmgroup/status', imports: ['src/vmgroup/model', ...VMGROUP_PORTS], packages: [] },
  { folder: 'src/vmgroup/decisions', imports: ['src/vmgroup/model', ...VMGROUP_PORTS], packages: [] },
  {
    folder: 'src/vmgroup/preview',
    imports: [...VMGROUP_LOOP, ...VMGROUP_PORTS],
    packages: [],
  },
  // The shell around the loop: reconciler, dispatch and the log of changes. Only commands that look import preview.
  {
    folder: 'src/vmgroup',
    imports: [...VMGROUP_LOOP, ...VMGROUP_PORTS],
    packages: [],
  },
];

const VSPHERE: readonly Room[] = [
  // Types and two pure functions on references.
  { folder: 'src/vsphere/port', imports: [], packages: [] },
  ...floors(
    'src/vsphere',
    ['vim25', 'fault', 'transport', 'session', 'property', 'task', 'inventory', 'calls'],
    ['src/vsphere/port'],
  ),
  { folder: 'src/vsphere', imports: ['src/vsphere'] },
];

/** All that runs; no constructs or charts, for cdk8s has no place in the process. */
const OPERATOR_LAYERS = ['imports', 'package.json', 'src/api', 'src/kubernetes', 'src/vsphere', 'src/vcenter'] as const;
const OPERATOR: readonly Room[] = [
  ...floors('src/operator', ['telemetry', 'settings', 'endpoints', 'manager'], [...OPERATOR_LAYERS, ...VMGROUP_LOOP]),
  {
    folder: 'src/operator/commands',
    imports: [
      ...['src/operator/telemetry', 'src/operator/settings', 'src/operator/manager'],
      ...[...OPERATOR_LAYERS, 'src/vmgroup'],
      // What synth says of a manifest, the commands say too. It imports the schema only.
      ...['src/constructs/vm-group-problems', 'src/constructs/vcenter-problems'],
      'src/constructs/value-bounds',
    ],
  },
  { folder: 'src/operator', imports: ['src/operator', ...OPERATOR_LAYERS, ...VMGROUP_LOOP] },
];

export const ROOMS: readonly Room[] = [
  { folder: 'crds', imports: [] },
  { folder: 'imports', imports: [], packages: CDK8S },
  // What users import: a further package would be a run-time dependency of theirs.
  {
    folder: 'src/constructs',
    // A name, and flags with their values, that constructs and process must agree upon; nothing else of what runs is of use
    // in a manifest.
    imports: [
      ...['imports', 'package.json', 'src/api/guest-secret-role', 'src/api/run-flags', 'src/api/text-rule'],
      'src/kubernetes/lease-timings',
    ],
    packages: CDK8S,
  },
  { folder: 'src/time', imports: [], packages: [] },
  // A stored object is checked by the words that synth has for a manifest. They import the schema only.
  {
    folder: 'src/api',
    imports: [
      'imports',
      ...['src/constructs/vm-group-problems', 'src/constructs/vcenter-problems'],
      ...['src/constructs/manifest-problems', 'src/constructs/value-bounds'],
    ],
    packages: [],
  },
  { folder: 'src/kubernetes', imports: [] },
  ...VSPHERE,
  ...VMGROUP,
  // With what an administrator allows to the namespaces there.
  {
    folder: 'src/vcenter',
    imports: ['src/api', 'src/kubernetes', 'src/vsphere', 'src/vmgroup/model/tenant-policy'],
  },
  ...OPERATOR,
  { folder: 'src/cli', imports: ['package.json', 'src/api/printable', 'src/operator'] },
  { folder: 'charts', imports: ['package.json', 'src/constructs'], packages: [...CDK8S, 'yaml'] },
  // It makes a value for imports/, so that the library that builds dashboards is no dependency of the constructs' users.
  { folder: 'charts/dashboard', imports: [], packages: ['@grafana/grafana-foundation-sdk'] },
];

/** The folders that hold all rooms. */
export const ROOM_PARENTS = ['crds', 'imports', 'src', 'charts'] as const;
