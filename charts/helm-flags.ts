/** The lines of the Helm chart that refuse flags which would end each Pod at its start, as problemsOfFlags does at synth. */
import { FLAG, FLAG_RULES, INSECURE, LEASE_FLAGS, LEASE_JITTER } from '../src/constructs/operator-flags';
import { refuse, unlessFollows, unlessMatches } from './helm-rules';

/** They leave `$insecure`, whether a flag turns the verification of certificates off. */
export function flagChecks(): readonly string[] {
  return [
    '{{- $insecure := false }}',
    `{{- $timings := dict${Object.values(LEASE_FLAGS)
      .map(({ flag, otherwiseMs }) => ` "${flag}" "${otherwiseMs}ms"`)
      .join('')} }}`,
    '{{- range $argument := .Values.args }}',
    ...unlessMatches(
      '$argument',
      FLAG,
      'printf "args is %q: give flags of vm-operator run as --flag or --flag=value, see vm-operator run --help, without those ' +
        'that the chart sets itself: --leader-elect and the addresses of metrics and probes" $argument',
    ),
    '{{- $flag := regexFind `[a-z][a-z-]*` $argument }}{{- $value := regexReplaceAll `^[^=]*=?` $argument "" }}',
    ...FLAG_RULES.flatMap(({ name, rule }) => [
      `{{- if eq $flag "${name}" }}`,
      ...unlessFollows(rule, 'args', '$value', '$argument'),
      '{{- end }}',
    ]),
    '{{- if hasKey $timings $flag }}{{- $_ := set $timings $flag $value }}{{- end }}',
    `{{- if regexMatch \`${INSECURE}\` $argument }}{{- $insecure = true }}{{- end }}`,
    '{{- end }}',
    ...timingChecks(),
  ];
}

/** As checkLeaseTimings. A time has no length in templates, but one can be added to a date. */
function timingChecks(): readonly string[] {
  const { leaseDurationMs, renewDeadlineMs, retryPeriodMs } = LEASE_FLAGS;
  const variables = { $lease: leaseDurationMs, $renew: renewDeadlineMs, $retry: retryPeriodMs };
  const wrong = (condition: string, remedy: string) =>
    refuse(condition, JSON.stringify(`args has --leader-elect-…: ${remedy}`));
  return [
    '{{- $start := toDate "2006-01-02" "2026-01-01" }}',
    ...Object.entries(variables).map(
      ([variable, { flag }]) =>
        `{{- ${variable} := ((dateModify (get $timings "${flag}") $start).Sub $start).Milliseconds }}`,
    ),
    ...wrong('or (lt $lease 1000) (mod $lease 1000)', 'the lease duration must be whole seconds, at least 1 s'),
    ...wrong('le $retry 0', 'the retry period must be more than 0'),
    ...wrong('le $lease $renew', 'the lease duration must be longer than the renew deadline'),
    ...wrong(
      `le (mulf $renew 1.0) (mulf $retry ${LEASE_JITTER})`,
      `the renew deadline must be longer than ${LEASE_JITTER} times the retry period`,
    ),
  ];
}
