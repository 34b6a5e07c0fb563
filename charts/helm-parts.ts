/** What the templates of the Helm chart are made with: an operator with placeholders where values go. */
import { ApiObject, App, Chart } from 'cdk8s';
import { VmOperator, type VmOperatorProps } from '../src/constructs';
import { asHelm, Placeholders } from './helm-template';

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly object[];
}

/** Defines an operator, and writes those of its manifests that are wanted. */
export function template(
  define: (placeholders: Placeholders) => VmOperator,
  isWanted: (manifest: Manifest) => boolean = () => true,
): string {
  const placeholders = new Placeholders();
  return placeholders.replacedIn(asHelm(manifestsOf(define(placeholders)).filter(isWanted)));
}

export function anOperator(placeholders: Placeholders, props: VmOperatorProps): VmOperator {
  return new VmOperator(new Chart(new App(), 'helm'), 'Operator', {
    crds: false,
    createNamespace: false,
    ...props,
    namespace: props.namespace ?? placeholders.word('$.Release.Namespace'),
  });
}

export function manifestsOf(operator: VmOperator): readonly Manifest[] {
  return Chart.of(operator).toJson();
}

export function childOf(operator: VmOperator, ...path: readonly string[]): ApiObject {
  const found = operator.node.findAll().find((child) => child.node.path.endsWith(path.join('/')));
  if (found === undefined) throw new Error(`VmOperator has no construct ${path.join('/')}`);
  return ApiObject.of(found);
}

/** A line of a list, if a condition of the values holds. */
export function when(condition: string, line: string): readonly string[] {
  return [`{{- if ${condition} }}`, line, '{{- end }}'];
}

/** A JSON list with an item for each value of a list, which is `$item`. */
export function each(list: string, item: string): string {
  return `[{{ range $index, $item := ${list} }}{{ if $index }},{{ end }}${item}{{ end }}]`;
}
