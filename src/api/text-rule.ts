/** What a text may be, as regular expressions that JavaScript and the templates of Helm (RE2 of Go) read alike. */
export interface TextRule {
  /** Each has to match somewhere. */
  readonly has: readonly string[];
  /** None may match. RE2 knows no lookahead, so what is excluded stands apart. */
  readonly hasNot?: readonly string[];
  /** The text is a list with commas, and the rule is for each item without the space around it. Empty items do not count. */
  readonly isList?: true;
  /** What to give instead. */
  readonly remedy: string;
}

/** Whether a text, or each item of a list, is as the rule says. */
export function follows(rule: TextRule, text: string): boolean {
  const items = rule.isList
    ? text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
    : [text];
  const matches = (pattern: string, item: string) => new RegExp(pattern).test(item);
  return items.every(
    (item) =>
      rule.has.every((pattern) => matches(pattern, item)) && !rule.hasNot?.some((pattern) => matches(pattern, item)),
  );
}

/** One of some words. */
export function oneOf(...words: readonly string[]): TextRule {
  return { has: [`^(${words.join('|')})$`], remedy: `give ${words.slice(0, -1).join(', ')} or ${words.slice(-1)}` };
}

/** A path of folders or pools, with variables in it, as levelsOf of src/vmgroup reads it. */
export function pathRule(variables: readonly string[], remedy: string, more: Partial<TextRule> = {}): TextRule {
  return {
    ...more,
    // A `$(` begins a known variable; a `$` before anything else is a letter as any other.
    has: ['[^/]', `^([^$]|[$]+[^$(]|[$]+[(](${variables.join('|')})[)])*[$]*$`, ...(more.has ?? [])],
    hasNot: ['(^|/)[.][.]?(/|$)', '[^/]{80}', '(^|/) | (/|$)'],
    remedy,
  };
}
