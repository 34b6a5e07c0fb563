import { Yaml } from 'cdk8s';

/**
 * Placeholder for a template expression in the synthesized manifests. It is a valid name in Kubernetes, so synth accepts
 * it, and no manifest uses it for something else.
 */
const PLACEHOLDER = 'helm-template-expression';

/**
 * The manifests as YAML, with the labels of a Helm release. Double braces are escaped, because Helm would read them. `$`
 * is the root of a template also inside a range.
 */
export function asHelm(manifests: readonly object[]): string {
  return manifests
    .map((manifest) => `---\n${Yaml.stringify(manifest)}`)
    .join('')
    .replaceAll('{{', '{{ "{{" }}')
    .replaceAll('app.kubernetes.io/managed-by: cdk8s', 'app.kubernetes.io/managed-by: {{ $$.Release.Service }}')
    .replace(
      /^(\s*)(app\.kubernetes\.io\/managed-by: .*)$/gm,
      '$1$2\n$1app.kubernetes.io/instance: {{ $$.Release.Name }}',
    );
}

/** Placeholders, and the template expressions that replace them. */
export class Placeholders {
  private readonly expressions: { readonly kind: 'Word' | 'Lines' | 'Entries'; readonly text: string }[] = [];

  /** A placeholder for one value. */
  word(expression: string): string {
    return this.add('Word', `{{ ${expression} }}`);
  }

  /** A placeholder for one value, which a text with several expressions makes. */
  text(text: string): string {
    return this.add('Word', text);
  }

  /** A placeholder for an item of a list. The lines that replace it may make no item, or several. */
  lines(...lines: readonly string[]): string {
    return this.add('Lines', lines.join('\n'));
  }

  /** A placeholder for a name in a map, whose value is empty. The lines that replace it may make no entry, or several. */
  entries(...lines: readonly string[]): string {
    return this.add('Entries', lines.join('\n'));
  }

  private add(kind: 'Word' | 'Lines' | 'Entries', text: string): string {
    this.expressions.push({ kind, text });
    return placeholder(this.expressions.length);
  }

  /** The text with its expressions. Throws if a placeholder is missing: its value would have no effect. */
  replacedIn(text: string): string {
    return this.expressions.reduce((done, { kind, text: expression }, index) => {
      const found = placeholder(index + 1);
      if (!done.includes(found)) throw new Error(`the Helm chart has no place for ${expression}`);
      return kind === 'Word'
        ? done.replaceAll(found, () => expression)
        : done.replace(
            new RegExp(kind === 'Lines' ? `^( *)- ${found}$` : `^( *)${found}: ""$`, 'gm'),
            (_line, indent: string) => expression.replace(/^/gm, indent),
          );
    }, text);
  }
}

function placeholder(number: number): string {
  return `${PLACEHOLDER}-${number}-end`;
}
