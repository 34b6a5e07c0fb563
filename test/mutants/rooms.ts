/** The rooms whose tests are measured, and what is expected of them. */
export interface MutatedRoom {
  readonly folder: string;
  /** Only these files of the folder; absent means all. */
  readonly files?: readonly string[];
  /** Files that decide whom to trust, whose a machine is, or what is destroyed: none of their mutants survives. */
  readonly decisive: readonly string[];
  /** Folders and files of unit tests that judge its mutants, those first that are likely to kill. */
  readonly tests: readonly string[];
  /** Share of the mutants in all other files that must be killed, in percent. */
  readonly goal: number;
}

/** Functions without input and output. */
const PURE = 85;
const SHELL = 75;

const MODEL = 'src/vmgroup/model';
const LOOP = ['src/vmgroup', 'src/vmgroup/preview'] as const;
const VSPHERE = ['src/vsphere'] as const;

export const MUTATED_ROOMS: readonly MutatedRoom[] = [
  {
    folder: 'src/vsphere/transport',
    files: ['trust.ts', 'trusted-agent.ts', 'connect-error.ts'],
    decisive: ['trust.ts', 'trusted-agent.ts'],
    tests: ['src/vsphere/transport', 'src/vsphere/session'],
    goal: SHELL,
  },
  {
    folder: 'src/vmgroup/observe',
    decisive: ['orphans.ts', 'unowned-machines.ts'],
    tests: ['src/vmgroup/observe', MODEL, ...LOOP],
    goal: PURE,
  },
  { folder: 'src/vmgroup/status', decisive: [], tests: ['src/vmgroup/status', MODEL, ...LOOP], goal: PURE },
  {
    folder: 'src/vmgroup/plan',
    decisive: ['deletion.ts', 'proofs.ts', 'adoption.ts', 'requested-adoption.ts', 'removal-order.ts'],
    tests: ['src/vmgroup/plan', MODEL, ...LOOP],
    goal: PURE,
  },
  {
    folder: 'src/vmgroup/act',
    decisive: [
      ...['adopt.ts', 'destroy-folder.ts', 'former-machines.ts', 'look-into-folder.ts', 'own-disks.ts'],
      ...['prove-gone.ts', 'unclaimed-clones.ts', 'verify.ts'],
    ],
    tests: ['src/vmgroup/act', MODEL, ...LOOP],
    goal: SHELL,
  },
  { folder: 'src/vsphere/task', decisive: [], tests: ['src/vsphere/task', ...VSPHERE], goal: SHELL },
  {
    folder: 'src/vsphere/inventory',
    decisive: [],
    tests: ['src/vsphere/inventory', 'src/vsphere/property', ...VSPHERE],
    goal: SHELL,
  },
];
