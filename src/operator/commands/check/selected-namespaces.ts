import type { VCenter } from '../../../api/vcenter';
import { asksForLabels, matches } from '../../../vcenter/label-selector';
import { nameList } from '../../../vmgroup/model/name-list';
import type { ListedNamespaces } from '../vcenters/cluster-reader';
import type { LabelsOf } from '../vcenters/namespace-labels';
import { type Finding, ok, warning } from './check-steps';

/** Which namespaces a VCenter selects. `given`: those of the files, which may not be in the cluster yet. */
export function checkSelector(
  { spec }: Pick<VCenter, 'spec'>,
  given: readonly string[],
  listed: ListedNamespaces,
  labelsOf: LabelsOf,
): readonly Finding[] {
  const selector = spec.namespaceSelector;
  if (selector === undefined)
    return [
      warning('spec.namespaceSelector is left out: no namespace is selected', 'set it; {} selects all namespaces'),
    ];
  if (listed.kind === 'Unknown' && !asksForLabels(selector)) return [ok('selects all namespaces')];
  if (listed.kind === 'Unknown' && given.length === 0)
    return [warning(`not known which namespaces are selected: ${listed.why}`)];
  const names = new Set([...(listed.kind === 'Listed' ? listed.labels.keys() : []), ...given]);
  const selected = [...names].sort().filter((name) => {
    const known = labelsOf(name);
    return known.kind === 'Known' && matches(selector, known.labels);
  });
  if (selected.length === 0)
    return [
      warning(
        `spec.namespaceSelector selects none of ${names.size} namespaces`,
        'give namespaces the labels that it asks for, or correct it',
      ),
    ];
  return [
    ok(`selects ${selected.length === 1 ? 'namespace' : `${selected.length} namespaces:`} ${nameList(selected)}`),
  ];
}
