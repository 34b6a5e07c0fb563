import { ApiObject, Chart, JsonPatch, type Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { VCenterSpec, VCenterSpecLimits, VCenterSpecLimitsTotal, VCenterSpecTls } from '../../imports/vcenter';
import { KubeVCenter } from '../../imports/vcenter-construct';
import { problemsOfSameName } from './same-output';
import type { VCenterTrust } from './vcenter-connection';
import type { VCenterLimits, VCenterQuota } from './vcenter-limits';
import { problemsOfVCenter } from './vcenter-problems';
import type { VCenterMetadata, VCenterProps } from './vcenter-props';
import { wholeGibibytes } from './whole-numbers';
import type { Written } from './written';

/**
 * A vCenter that the operator may work on, with the account that it uses there, the namespaces whose groups may be put
 * there, and what these may use. It is an object of the whole cluster, for administrators: whoever may write one decides
 * which account the operator uses, and to which server it sends the account.
 *
 * `cdk8s synth` checks it after all patches. It applies the schema and the rules of the CRD as the API server does, except
 * for rules that compare with the stored VCenter. Fields without a prop can be patched:
 * `ApiObject.of(vcenter).addJsonPatch(…)`.
 *
 * @example
 *
 *   const east = new VCenter(chart, 'east', {
 *     metadata: { name: 'east' },
 *     host: 'vcenter-east.example.com',
 *     credentials: VCenterCredentials.fromSecretName('vcenter-east'),
 *     namespaceSelector: NamespaceSelector.labels({ region: 'east' }),
 *     limits: { perNamespace: { vms: 50, memory: Size.gibibytes(512) } },
 *   });
 */
export class VCenter extends Construct {
  /** The object that is written to the manifest, for patches, labels and annotations. */
  public readonly apiObject: ApiObject;

  /** Name of the VCenter. */
  public readonly name: string;

  /**
   * Defines a VCenter.
   * @param scope the construct to define it in, a chart or a part of one. A namespace of the chart does not count for it
   * @param id name of the construct, unique in the scope; not the name of the VCenter
   * @param props what the VCenter shall be
   */
  public constructor(scope: Construct, id: string, props: VCenterProps) {
    super(scope, id);
    const { metadata, ...rest } = props;
    this.name = requiredName(this, metadata);
    // Not KubeVCenter: its toJson keeps only the fields that it knows. A patch with a misspelt field would pass the check
    // and be missing in the YAML.
    this.apiObject = new ApiObject(this, 'Default', {
      ...KubeVCenter.GVK,
      metadata,
      spec: this.spec(rest),
    });
    // cdk8s puts the namespace of the chart into every object.
    if (Chart.of(this).namespace !== undefined && !('namespace' in metadata))
      this.apiObject.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    this.node.addValidation({
      validate: () => [...problemsOfVCenter(this.apiObject.toJson()), ...problemsOfSameName(this.apiObject)],
    });
  }

  /** Unknown fields, which a caller without types may give, are kept, so that synth refuses them. */
  private spec(props: Omit<VCenterProps, 'metadata'>): Written<VCenterSpec> {
    const { host, port, credentials, auth, trust, namespaceSelector, clusterName, defaults, ...rest } = props;
    const { failureDomains, allowed, limits, ...unknown } = rest;
    return {
      ...unknown,
      endpoint: { host, port },
      credentials: {
        // A caller without types may leave it out.
        secretRef: credentials && { name: credentials.secretName },
        method: auth === undefined ? undefined : (`${auth}` as const),
      },
      tls: tlsOf(trust),
      namespaceSelector: namespaceSelector?._toJson(),
      clusterName,
      defaults: defaults && {
        ...defaults,
        placement: defaults.placement && {
          datacenter: undefined,
          cluster: undefined,
          resourcePool: undefined,
          folder: undefined,
          datastore: undefined,
          datastoreCluster: undefined,
          storagePolicy: undefined,
          ...defaults.placement,
        },
      },
      failureDomains: failureDomains?.map((domain) => ({
        cluster: undefined,
        resourcePool: undefined,
        datastore: undefined,
        datastoreCluster: undefined,
        hostGroup: undefined,
        ...domain,
      })),
      allowed: allowed && {
        templates: undefined,
        resourcePools: undefined,
        folders: undefined,
        datastores: undefined,
        networks: undefined,
        storagePolicies: undefined,
        tags: undefined,
        extraConfigKeys: undefined,
        customizationSpecs: undefined,
        adoptableMachines: undefined,
        ...allowed,
      },
      limits: limits && this.limits(limits),
    };
  }

  private limits({
    maxConcurrentTasks,
    perVM,
    perNamespace,
    total,
    ...unknown
  }: VCenterLimits): Written<VCenterSpecLimits> {
    const memoryOf = (field: string, memory: Size | undefined) =>
      memory === undefined ? undefined : wholeGibibytes(this, `spec.limits.${field}.memoryGiB`, memory);
    const quota = (field: string, given: VCenterQuota | undefined): Written<VCenterSpecLimitsTotal> | undefined => {
      if (given === undefined) return undefined;
      const { vms, cpu, memory, ...others } = given;
      return { ...others, vms, cpu, memoryGiB: memoryOf(field, memory) };
    };
    const { cpu, memory, ...others } = perVM ?? {};
    return {
      ...unknown,
      maxConcurrentTasks,
      perVM: perVM && { ...others, cpu, memoryGiB: memoryOf('perVM', memory) },
      perNamespace: quota('perNamespace', perNamespace),
      total: quota('total', total),
    };
  }
}

/** The field spec.tls, or undefined for the default. */
function tlsOf(trust: VCenterTrust | undefined): Written<VCenterSpecTls> | undefined {
  if (trust === undefined) return undefined;
  const { _pem: caBundle, _fingerprints: fingerprints, _insecure: insecure } = trust;
  if (caBundle === undefined && fingerprints.length === 0 && !insecure) return undefined;
  return {
    caBundle,
    sha256Fingerprints: fingerprints.length === 0 ? undefined : fingerprints.map((pin) => pin.toUpperCase()),
    insecureSkipVerify: insecure || undefined,
  };
}

function requiredName(construct: Construct, metadata: Partial<VCenterMetadata> | undefined): string {
  const name = metadata?.name;
  if (name !== undefined && name !== '') return name;
  throw new Error(
    `[${construct.node.path}] metadata.name is missing: give the VCenter a name, ` +
      'because a name made from the construct path would change with the path, and groups cannot be moved to another VCenter',
  );
}
