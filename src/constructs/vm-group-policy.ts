import { ApiObject, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { standardLabels } from './standard-labels';
import { problemsOfPolicy } from './vm-group-policy-problems';
import { PolicyEnforcement, type VmGroupPolicyProps } from './vm-group-policy-props';
import { type AllowedField, policyRules } from './vm-group-policy-rules';

const API = 'admissionregistration.k8s.io/v1';
const { group, names } = vmGroupCrd.spec;

/**
 * What the authors of VmGroups in some namespaces may ask for: a ValidatingAdmissionPolicy and its binding, which the API
 * server of Kubernetes 1.30 or newer applies by itself. One account serves all namespaces in vCenter; this is how a
 * platform team says who may use what of it.
 *
 * A group is judged when it is made, changed or scaled. What it already had before the policy came is let pass, so that
 * it can be scaled down and deleted. Several policies may be for one namespace; a group must keep all of them.
 *
 * @example
 *
 *   new VmGroupPolicy(chart, 'Small', {
 *     namespaceLabels: { 'vm-size': 'small' },
 *     maxCpu: 4,
 *     maxMemory: Size.gibibytes(16),
 *     maxReplicas: 5,
 *     templates: AllowedNames.of('/dc/vm/templates/*'),
 *     resourcePools: AllowedNames.of('/dc/host/c1/Resources/small'),
 *   });
 */
export class VmGroupPolicy extends Construct {
  /** The ValidatingAdmissionPolicy, for patches. */
  public readonly policy: ApiObject;

  /** The ValidatingAdmissionPolicyBinding, for patches. */
  public readonly binding: ApiObject;

  /**
   * Defines policy and binding.
   * @param scope the construct to define them in. Use a chart without a namespace, for they belong to the cluster
   * @param id name of the construct, unique in the scope
   * @param props for whom it is, and the limits
   */
  public constructor(scope: Construct, id: string, props: VmGroupPolicyProps) {
    super(scope, id);
    const { name, enforcement = PolicyEnforcement.DENY } = props;
    const metadata = { ...(name === undefined ? {} : { name }), labels: standardLabels('policies') };
    const allowed = allowedFields(props);
    this.policy = new ApiObject(this, 'Policy', {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: {
        // A group that cannot be judged is not taken.
        failurePolicy: 'Fail',
        matchConstraints: {
          ...EVERYTHING,
          resourceRules: [
            {
              apiGroups: [group],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: [names.plural, `${names.plural}/scale`],
              scope: '*',
            },
          ],
        },
        validations: policyRules({
          maxCpu: props.maxCpu,
          maxMemoryGib: props.maxMemory?.toGibibytes({ rounding: SizeRoundingBehavior.NONE }),
          maxReplicas: props.maxReplicas,
          maxNameLength: props.maxNameLength,
          allowed,
        }),
      },
    });
    this.binding = new ApiObject(this, 'Binding', {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: {
        policyName: this.policy.name,
        validationActions: [enforcement],
        ...namespaceSelector(props),
      },
    });
    this.node.addValidation({ validate: () => [...problemsOfPolicy(props, allowed)] });
  }
}

/**
 * What the API server writes where nothing is said. It is written out because server-side apply compares these structures as
 * a whole: without it an apply after that of another manager would conflict.
 */
const EVERYTHING = { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} } as const;

function allowedFields(props: VmGroupPolicyProps): readonly AllowedField[] {
  const fields = [
    { prop: 'templates', field: 'template', names: props.templates },
    { prop: 'datacenters', field: 'placement.datacenter', names: props.datacenters },
    { prop: 'folders', field: 'placement.folder', names: props.folders },
    { prop: 'clusters', field: 'placement.cluster', names: props.clusters },
    { prop: 'resourcePools', field: 'placement.resourcePool', names: props.resourcePools },
    { prop: 'datastores', field: DATASTORE, names: props.datastores, instead: DATASTORE_CLUSTER, chosenBy: POLICY },
    {
      prop: 'datastoreClusters',
      field: DATASTORE_CLUSTER,
      names: props.datastoreClusters,
      instead: DATASTORE,
      chosenBy: POLICY,
    },
    { prop: 'networks', field: 'networks', names: props.networks },
  ];
  return fields.flatMap(({ names: given, ...field }) => (given === undefined ? [] : [{ ...field, names: given }]));
}

const DATASTORE = 'placement.datastore';
const POLICY = 'placement.storagePolicy';
const DATASTORE_CLUSTER = 'placement.datastoreCluster';

function namespaceSelector({ namespaces, namespaceLabels }: VmGroupPolicyProps): object {
  if (namespaces === undefined && namespaceLabels === undefined) return {};
  return {
    matchResources: {
      ...EVERYTHING,
      namespaceSelector: {
        ...(namespaceLabels === undefined ? {} : { matchLabels: namespaceLabels }),
        ...(namespaces === undefined
          ? {}
          : {
              // The API server gives this label to each namespace, and nobody can change it.
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces }],
            }),
      },
    },
  };
}
