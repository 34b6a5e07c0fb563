import { oneOf, pathRule, type TextRule } from './text-rule';

const VARIABLES = ['cluster', 'namespace'] as const;
const NAMES = 'give names of at most 79 characters with "/" between them; a variable is $(namespace) or $(cluster)';

/** Folder of each namespace: without the variable all namespaces would share it. */
export const NAMESPACE_FOLDER = pathRule(
  VARIABLES,
  'put $(namespace) into it, or all namespaces share it. Names have at most 79 characters and "/" between them; the other ' +
    'variable is $(cluster)',
  { has: ['[$][(]namespace[)]'] },
);
export const NAMESPACE_POOL = pathRule(VARIABLES, NAMES);
export const CLUSTER_ID: TextRule = {
  has: ['^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$'],
  remedy: "give the UID of that cluster's namespace kube-system",
};
export const ADOPTABLE_MACHINES = pathRule(VARIABLES, `begin it with "/", and ${NAMES}`, { has: ['^(/|[*][*])'] });

/** As parseFlags of src/operator reads it. */
const DURATION: TextRule = {
  has: ['^([0-9]+([.][0-9]+)?(ms|s|m|h))+$'],
  remedy: 'give a time such as 15s or 1m30s',
};
const LISTED = { isList: true } as const;

/**
 * The flags of `vm-operator run`, and whether each takes a value: the process reads its command line by them, and synth and
 * Helm refuse others in the manifest of the Deployment, where they would end each Pod at its start. With the rule for a
 * value where one can be wrong.
 */
export const RUN_FLAGS = {
  'metrics-bind-address': { type: 'string' },
  'health-probe-bind-address': { type: 'string' },
  'metrics-secure': { type: 'boolean' },
  'metrics-cert-path': { type: 'string' },
  insecure: { type: 'boolean' },
  'vcenter-objects-only': { type: 'boolean' },
  'log-level': { type: 'string', rule: oneOf('debug', 'info', 'warn', 'error') },
  'log-format': { type: 'string', rule: oneOf('json', 'text') },
  'watch-namespaces': {
    type: 'string',
    rule: {
      ...LISTED,
      has: ['^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$'],
      remedy: 'give names of namespaces, separated by commas',
    },
  },
  'max-concurrent-tasks': {
    type: 'string',
    rule: { has: ['^0*([0-9]|[1-9][0-9]|[1-4][0-9][0-9]|500)$'], remedy: 'give a whole number from 0 to 500' },
  },
  'vsphere-transport': { type: 'string', rule: oneOf('https', 'soap') },
  'allow-machine-sources': { type: 'boolean' },
  'adopt-from-clusters': { type: 'string', rule: { ...CLUSTER_ID, ...LISTED } },
  'adoptable-machines': { type: 'string', rule: { ...ADOPTABLE_MACHINES, ...LISTED } },
  'namespace-folder': { type: 'string', rule: NAMESPACE_FOLDER },
  'namespace-pools': { type: 'string', rule: { ...NAMESPACE_POOL, ...LISTED } },
  'leader-elect': { type: 'boolean' },
  'leader-elect-lease-duration': { type: 'string', rule: DURATION },
  'leader-elect-renew-deadline': { type: 'string', rule: DURATION },
  'leader-elect-retry-period': { type: 'string', rule: DURATION },
} as const satisfies Readonly<Record<string, RunFlag>>;

/** A flag as parseArgs of Node takes it, and what its value may be. */
export interface RunFlag {
  readonly type: 'string' | 'boolean';
  readonly rule?: TextRule;
}

/** Flags that every manifest sets, with what depends on them: the ports and the probes; and it always elects a leader. */
export const FLAGS_OF_THE_MANIFEST = ['metrics-bind-address', 'health-probe-bind-address', 'leader-elect'] as const;

/** Milliseconds of a Go duration, such as 15s, 1m30s or 500ms; undefined if it is none. */
export function durationMs(text: string): number | undefined {
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  if (!DURATION.has.every((pattern) => new RegExp(pattern).test(text))) return undefined;
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    sum += Number(number) * (units[unit ?? ''] ?? 0);
  return sum;
}

/** Go's flag package takes one dash or two. Flags of the original operator that have a new name are kept as aliases. */
export function modernFlag(argument: string): string {
  const long = /^-[a-z][a-z-]+(=|$)/.test(argument) ? `-${argument}` : argument;
  return long
    .replace(/^--metrics-addr(=|$)/, '--metrics-bind-address$1')
    .replace(/^--enable-leader-election(=|$)/, '--leader-elect$1');
}
