import { type Random, systemRandom } from '../../../src/time/random';

export interface ShowFlags {
  /** Once: play the story, delete everything, and exit. Stay: keep everything running until Ctrl-C. */
  readonly ending: 'Once' | 'Stay';
  /** Plain lines even on a terminal. */
  readonly output: 'Automatic' | 'Plain';
  /** Seed of failures between operator and vCenter. Undefined: no failures. */
  readonly chaosSeed?: number;
}

export type CommandLine =
  | { readonly kind: 'Show'; readonly flags: ShowFlags }
  | { readonly kind: 'Help' }
  | { readonly kind: 'Wrong'; readonly message: string };

export const HELP = `Usage: npm start -- [flags]

Starts a real kube-apiserver, etcd and a vCenter simulator on this machine, installs the
synthesized manifests, runs the operator with the rights of its ServiceAccount, and plays a
short story with three VmGroups. Then everything keeps running until Ctrl-C, so that you can
try it.

Flags:
  --once    play the story, delete the groups, and exit: 0 if every step succeeded, 1 if one
            failed
  --plain   plain lines instead of the live table, as without a terminal
  --chaos, --chaos=SEED
            failures between the operator and vCenter: lost and late answers, ended sessions,
            failing tasks. The story still succeeds. The same seed gives the same mixture
  --help    this text

Environment:
  TEST_ASSET_KUBE_APISERVER, TEST_ASSET_ETCD, KUBEBUILDER_ASSETS, VM_OPERATOR_VCSIM
            existing programs to use instead of building them
  VM_OPERATOR_ENVTEST_INDEX
            URL of the index of prebuilt kube-apiserver and etcd; off: always build them
  XDG_CACHE_HOME
            folder of the cache with built programs (default ~/.cache)
  NO_COLOR  no colours
`;

/** Reads the arguments after `npm start --`. */
export function parseCommandLine(args: readonly string[], random: Random = systemRandom): CommandLine {
  let flags: ShowFlags = { ending: 'Stay', output: 'Automatic' };
  for (const arg of args) {
    const seed = /^--chaos(?:=(\d{1,9}))?$/.exec(arg);
    if (seed !== null) {
      flags = { ...flags, chaosSeed: Number(seed[1] ?? Math.floor(random() * 1e9)) };
      continue;
    }
    switch (arg) {
      case '--once':
        flags = { ...flags, ending: 'Once' };
        break;
      case '--plain':
        flags = { ...flags, output: 'Plain' };
        break;
      case '--help':
      case '-h':
        return { kind: 'Help' };
      default:
        return { kind: 'Wrong', message: `unknown flag ${JSON.stringify(arg)}: npm start -- --help lists the flags` };
    }
  }
  return { kind: 'Show', flags };
}
