/** Rules for texts, as lines of a template of the Helm chart. */
import type { TextRule } from '../src/constructs/prop-rules';

/** Lines that end Helm with one sentence if the condition holds. */
export function refuse(condition: string, sentence: string): readonly string[] {
  return [`{{- if ${condition} }}`, `{{- fail (${sentence}) }}`, '{{- end }}'];
}

export function unlessMatches(value: string, pattern: string, sentence: string): readonly string[] {
  return refuse(`not (regexMatch \`${pattern}\` ${value})`, sentence);
}

/**
 * Lines that end Helm with `<name> is <shown>: <remedy>` unless a value follows the rule. `value` and `shown` are variables, for
 * within a list `.` is an item.
 */
export function unlessFollows(rule: TextRule, name: string, value: string, shown = value): readonly string[] {
  const sentence = `printf ${JSON.stringify(`${name} is %q: ${rule.remedy}`)} ${shown}`;
  const lines = (item: string) => [
    ...rule.has.flatMap((pattern) => unlessMatches(item, pattern, sentence)),
    ...(rule.hasNot ?? []).flatMap((pattern) => refuse(`regexMatch \`${pattern}\` ${item}`, sentence)),
  ];
  if (!rule.isList) return lines(value);
  return [
    `{{- range splitList "," ${value} }}{{- $item := trim . }}{{- if $item }}`,
    ...lines('$item'),
    '{{- end }}{{- end }}',
  ];
}
