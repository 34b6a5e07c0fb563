import type { VCenterSpecNamespaceSelector, VCenterSpecNamespaceSelectorMatchExpression } from '../../imports/vcenter';
import type { Written } from './written';

/** The API server gives this label to each namespace, and nobody can change it. */
const NAME = 'kubernetes.io/metadata.name';

/**
 * Namespaces, by their labels. Each method adds a requirement; a namespace must meet all of them. Whoever may change the
 * labels of a namespace decides by that what is selected: give the right to administrators only, or select by name.
 *
 * The values are checked at synth: only then is the construct path known, which the message names.
 */
export class NamespaceSelector {
  /** Every namespace. */
  public static all(): NamespaceSelector {
    return new NamespaceSelector(undefined, undefined);
  }

  /**
   * The namespaces of these names.
   * @param names names of namespaces, at most 32
   */
  public static names(...names: string[]): NamespaceSelector {
    return NamespaceSelector.all().withLabelIn(NAME, ...names);
  }

  /**
   * The namespaces that have all of these labels.
   * @param labels names and values of labels, at most 16
   */
  public static labels(labels: { readonly [name: string]: string }): NamespaceSelector {
    if (Object.keys(labels).length === 0)
      throw new Error(
        'NamespaceSelector.labels: give at least one label, for without one every namespace is selected; if that is meant, use NamespaceSelector.all()',
      );
    return new NamespaceSelector({ ...labels }, undefined);
  }

  private constructor(
    private readonly matchLabels: { readonly [name: string]: string } | undefined,
    private readonly matchExpressions: readonly Expression[] | undefined,
  ) {}

  /**
   * Only namespaces whose label has one of the values.
   * @param label name of the label
   * @param values 1 to 32 values
   */
  public withLabelIn(label: string, ...values: string[]): NamespaceSelector {
    return this.with({ key: label, operator: 'In', values });
  }

  /**
   * Only namespaces whose label has none of the values, or that do not have the label.
   * @param label name of the label
   * @param values 1 to 32 values
   */
  public withLabelNotIn(label: string, ...values: string[]): NamespaceSelector {
    return this.with({ key: label, operator: 'NotIn', values });
  }

  /**
   * Only namespaces that have the label, with any value.
   * @param label name of the label
   */
  public withLabel(label: string): NamespaceSelector {
    return this.with({ key: label, operator: 'Exists', values: undefined });
  }

  /**
   * Only namespaces that do not have the label.
   * @param label name of the label
   */
  public withoutLabel(label: string): NamespaceSelector {
    return this.with({ key: label, operator: 'DoesNotExist', values: undefined });
  }

  /**
   * The field spec.namespaceSelector.
   * @internal
   */
  public _toJson(): Written<VCenterSpecNamespaceSelector> {
    return { matchLabels: this.matchLabels, matchExpressions: this.matchExpressions };
  }

  private with(expression: Expression): NamespaceSelector {
    return new NamespaceSelector(this.matchLabels, [...(this.matchExpressions ?? []), expression]);
  }
}

type Expression = Written<VCenterSpecNamespaceSelectorMatchExpression>;
