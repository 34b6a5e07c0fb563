/** The labels of namespaces, which say what VCenter selects them. */
import type { Labels } from '../../../vcenter/label-selector';
import type { NamespaceManifest } from '../manifest/manifest';
import type { ListedNamespaces } from './cluster-reader';

export type LabelsOf = (
  namespace: string,
) => { readonly kind: 'Known'; readonly labels: Labels } | { readonly kind: 'Unknown'; readonly why: string };

/**
 * As once the manifests are applied: their labels are added to those of the cluster. A namespace that is nowhere would have
 * the one label that the API server gives to each.
 */
export function namespaceLabels(given: readonly NamespaceManifest[], listed: ListedNamespaces): LabelsOf {
  const byName = new Map(given.map(({ name, labels }) => [name, labels]));
  return (namespace) => {
    const own = byName.get(namespace);
    if (listed.kind === 'Unknown' && own === undefined) return { kind: 'Unknown', why: listed.why };
    const stored = listed.kind === 'Listed' ? listed.labels.get(namespace) : undefined;
    return { kind: 'Known', labels: { ...stored, ...own, [NAME_LABEL]: namespace } };
  };
}

const NAME_LABEL = 'kubernetes.io/metadata.name';
