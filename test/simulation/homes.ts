/** Where the groups of a story live: in which namespace, and on which of two vCenters. */
import type { VCenterSpecNamespaceSelector } from '../../src/api/vcenter';
import type { Random } from '../../src/time/random';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import { oneOf } from '../fakes/vcenter';
import { NAMESPACE } from './spec';
import { VCENTERS, type VCenterName } from './vcenter-administrator';

const OTHER_NAMESPACE = 'lab';
/** Of a namespace: the VCenter that it is for. */
const LABEL = 'vcenter';

/**
 * - Only: there is one vCenter, and one namespace.
 * - BySelector: of two vCenters each selects one of the namespaces.
 * - ByReference: both select both namespaces, and each group names one of them.
 */
export type HomesKind = 'Only' | 'BySelector' | 'ByReference';

export class Homes {
  constructor(
    readonly kind: HomesKind,
    private readonly random: Random,
  ) {}

  get namespaces(): readonly string[] {
    return this.kind === 'Only' ? [NAMESPACE] : [NAMESPACE, OTHER_NAMESPACE];
  }

  /** Makes the namespaces with their labels. */
  furnish({ objects }: KubernetesModel): void {
    if (this.kind === 'Only') return;
    for (const [index, name] of this.namespaces.entries())
      objects.create('/api/v1/namespaces', undefined, { metadata: { name, labels: { [LABEL]: VCENTERS[index] } } });
  }

  namespaceOf(group: string): string {
    return this.kind !== 'Only' && group === 'db' ? OTHER_NAMESPACE : NAMESPACE;
  }

  /** namespace/name. */
  keyOf(group: string): string {
    return `${this.namespaceOf(group)}/${group}`;
  }

  /** The part of a spec by which a new group finds its vCenter. Undefined: one is drawn. */
  referenceTo(vcenter?: VCenterName): { readonly vcenterRef?: { readonly name: string } } {
    if (this.kind !== 'ByReference') return {};
    return { vcenterRef: { name: vcenter ?? oneOf(VCENTERS, this.random) } };
  }

  /** The VCenter that a namespace is for; undefined where its groups may live on any. */
  selectedFor(namespace: string): VCenterName | undefined {
    return this.kind === 'BySelector' ? VCENTERS[this.namespaces.indexOf(namespace)] : undefined;
  }

  /** Whom a VCenter selects, unless the administrator changes it for a while. */
  selectorOf(vcenter: VCenterName): VCenterSpecNamespaceSelector {
    return this.kind === 'BySelector' ? { matchLabels: { [LABEL]: vcenter } } : {};
  }
}
