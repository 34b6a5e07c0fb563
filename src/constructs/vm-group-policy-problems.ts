import { SizeRoundingBehavior } from 'cdk8s';
import type { AllowedNames } from './allowed-names';
import type { VmGroupPolicyProps } from './vm-group-policy-props';
import type { AllowedField } from './vm-group-policy-rules';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LONGEST_NAME = 2048;
/** A binding of more is refused by the API server long after this. */
const MOST_PATTERNS = 100;

/** The props of a policy that cannot work: one line `<prop> is <value>: <remedy>` each. The bounds are those of the CRD. */
export function problemsOfPolicy(props: VmGroupPolicyProps, allowed: readonly AllowedField[]): readonly string[] {
  const { maxCpu, maxMemory, maxReplicas, maxNameLength, namespaces, namespaceLabels } = props;
  const limits = [maxCpu, maxMemory, maxReplicas, maxNameLength, ...allowed];
  return [
    ...(limits.every((limit) => limit === undefined)
      ? ['no limit is given, so everything would be allowed: give maxCpu, templates or another limit']
      : []),
    ...wholeNumber('maxCpu', maxCpu, 1, 960),
    ...wholeNumber('maxMemory in GiB', maxMemory?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }), 1, 24576),
    ...wholeNumber('maxReplicas', maxReplicas, 0, 500),
    ...wholeNumber('maxNameLength', maxNameLength, 1, 62),
    // An empty selector would mean every namespace.
    ...(namespaces?.length === 0 ? ['namespaces is []: give names, or leave it out for all namespaces'] : []),
    ...(namespaceLabels !== undefined && Object.keys(namespaceLabels).length === 0
      ? ['namespaceLabels is {}: give labels, or leave it out for all namespaces']
      : []),
    ...(namespaces ?? [])
      .filter((name) => !DNS_LABEL.test(name))
      .map(
        (name) =>
          `namespaces is ${JSON.stringify(name)}: give at most 63 lower-case letters, digits and '-', ` +
          'with a letter or digit at both ends',
      ),
    ...allowed.flatMap(({ prop, names }) => patterns(prop, names)),
  ];
}

function wholeNumber(prop: string, value: number | undefined, least: number, most: number): readonly string[] {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return [];
  return [`${prop} is ${value}: give a whole number from ${least} to ${most}`];
}

function patterns(prop: string, { _patterns }: AllowedNames): readonly string[] {
  if (_patterns.length === 0) return [`${prop} allows nothing: give at least one name or path`];
  if (_patterns.length > MOST_PATTERNS) {
    return [`${prop} has ${_patterns.length} patterns: give at most ${MOST_PATTERNS}, with * where they are alike`];
  }
  const broken = _patterns.filter((pattern) => /\/$|\/\//.test(pattern));
  if (broken.length > 0) return broken.map((pattern) => withoutName(prop, pattern));
  return _patterns
    .filter((pattern) => pattern.trim() === '' || pattern.length > LONGEST_NAME || /\p{Cc}/u.test(pattern))
    .map(
      (pattern) =>
        `${prop} has ${JSON.stringify(pattern.slice(0, 80))}: give a name or an absolute path of at most ` +
        `${LONGEST_NAME} characters, without control characters`,
    );
}

/** The operator finds nothing by such a path. */
function withoutName(prop: string, pattern: string): string {
  return (
    `${prop} has ${JSON.stringify(pattern.slice(0, 80))}: leave out the "/" at its end and the second of two in a row; ` +
    'what is in a folder or pool is /*'
  );
}
