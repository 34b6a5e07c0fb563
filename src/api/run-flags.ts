/**
 * The flags of `vm-operator run`, and whether each takes a value: the process reads its command line by them, and synth
 * refuses others in the manifest of the Deployment, where they would end each Pod at its start.
 */
export const RUN_FLAGS = {
  'metrics-bind-address': { type: 'string' },
  'health-probe-bind-address': { type: 'string' },
  'metrics-secure': { type: 'boolean' },
  'metrics-cert-path': { type: 'string' },
  insecure: { type: 'boolean' },
  'vcenter-objects-only': { type: 'boolean' },
  'log-level': { type: 'string' },
  'log-format': { type: 'string' },
  'watch-namespaces': { type: 'string' },
  'max-concurrent-tasks': { type: 'string' },
  'vsphere-transport': { type: 'string' },
  'allow-machine-sources': { type: 'boolean' },
  'adopt-from-clusters': { type: 'string' },
  'adoptable-machines': { type: 'string' },
  'namespace-folder': { type: 'string' },
  'namespace-pools': { type: 'string' },
  'leader-elect': { type: 'boolean' },
  'leader-elect-lease-duration': { type: 'string' },
  'leader-elect-renew-deadline': { type: 'string' },
  'leader-elect-retry-period': { type: 'string' },
} as const;

/** Go's flag package takes one dash or two. Flags of the original operator that have a new name are kept as aliases. */
export function modernFlag(argument: string): string {
  const long = /^-[a-z][a-z-]+(=|$)/.test(argument) ? `-${argument}` : argument;
  return long
    .replace(/^--metrics-addr(=|$)/, '--metrics-bind-address$1')
    .replace(/^--enable-leader-election(=|$)/, '--leader-elect$1');
}
