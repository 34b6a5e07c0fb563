import type { WrittenSpec } from './accepted-cases';

/** As REFUSED, of failure domains and their spread. */
export const REFUSED_DOMAINS: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'failure domains beside a cluster',
    { placement: { failureDomains: ['a'], cluster: 'c' } },
    /spec\.placement\.failureDomains.*leave out cluster and resourcePool/,
  ],
  [
    'failure domains beside a resource pool',
    { placement: { failureDomains: ['a'], resourcePool: 'p' } },
    /spec\.placement\.failureDomains.*leave out cluster and resourcePool/,
  ],
  ['no failure domain', { placement: { failureDomains: [] } }, /spec\.placement\.failureDomains/],
  [
    'a failure domain twice',
    { placement: { failureDomains: ['a', 'a'] } },
    /spec\.placement\.failureDomains\[1\].*Duplicate value/,
  ],
  ['a failure domain that is no label', { placement: { failureDomains: ['A b'] } }, /failureDomains\[0\]/],
  [
    'a 17th failure domain',
    { placement: { failureDomains: Array.from({ length: 17 }, (_, index) => `d${index}`) } },
    /spec\.placement\.failureDomains/,
  ],
  ['hosts that must differ', { placement: { hostAntiAffinity: 'Required' } }, /spec\.placement\.hostAntiAffinity/],
  ['a skew of 0', { placement: { spread: { maxSkew: 0 } } }, /spec\.placement\.spread\.maxSkew/],
  ['a skew of 101', { placement: { spread: { maxSkew: 101 } } }, /spec\.placement\.spread\.maxSkew/],
  [
    'an unknown way out',
    { placement: { spread: { whenUnsatisfiable: 'Wait' } } },
    /spec\.placement\.spread\.whenUnsatisfiable/,
  ],
];
