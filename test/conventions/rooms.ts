/**
 * The rooms of the project and what each may import: the table of the design as data. A room may always import itself
 * and src/time, and `*.test.ts` files may import anything.
 */
export interface Room {
  /** Folder, from the root of the project. */
  readonly folder: string;
  /** Folders, or single modules (without `.ts`), that it may import. */
  readonly imports: readonly string[];
  /** npm packages that it may import; absent means any. Modules of Node itself are always allowed. */
  readonly packages?: readonly string[];
}

const CDK8S = ['cdk8s', 'constructs'] as const;

export const ROOMS: readonly Room[] = [
  { folder: 'crds', imports: [] },
  { folder: 'imports', imports: [], packages: CDK8S },
  // What users import: a further package would be a run-time dependency of theirs.
  {
    folder: 'src/constructs',
    // One name that constructs and controller must agree upon; nothing else of what runs is of use in a manifest.
    imports: ['imports', 'package.json', 'src/api/guest-secret-role'],
    packages: CDK8S,
  },
  { folder: 'src/time', imports: [], packages: [] },
  { folder: 'src/api', imports: ['imports'], packages: [] },
  { folder: 'src/kubernetes', imports: [] },
  { folder: 'src/vsphere', imports: [] },
  // The heart sees the two layers through their ports only, so that models can stand in for them.
  {
    folder: 'src/vmgroup',
    imports: ['src/api', 'src/kubernetes/port', 'src/vsphere/port'],
    // Guest metadata is YAML that people wrote.
    packages: ['yaml'],
  },
  { folder: 'src/vcenter', imports: ['src/api', 'src/kubernetes', 'src/vsphere'] },
  // All that runs; no constructs or charts, for cdk8s has no place in the process.
  {
    folder: 'src/operator',
    imports: [
      ...['imports', 'package.json', 'src/api', 'src/kubernetes', 'src/vsphere', 'src/vmgroup', 'src/vcenter'],
      // What synth says of a manifest, the commands say too. It imports the schema only.
      'src/constructs/vm-group-problems',
    ],
  },
  { folder: 'src/cli', imports: ['package.json', 'src/operator'] },
  { folder: 'charts', imports: ['package.json', 'src/constructs'], packages: CDK8S },
];

/** The folders that hold all rooms. */
export const ROOM_PARENTS = ['crds', 'imports', 'src', 'charts'] as const;
