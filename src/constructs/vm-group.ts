import { ApiObject, type Size, SizeRoundingBehavior } from 'cdk8s';
import { Construct } from 'constructs';
import type { VmGroupSpec } from '../../imports/vmgroup';
import { KubeVmGroup, type VmGroupSpecPlacement } from '../../imports/vmgroup-construct';
import { problemsOfVmGroup } from './vm-group-problems';

/** Name, namespace and labels of a VmGroup. */
export interface VmGroupMetadata {
  /**
   * Name of the VmGroup, from which the names of its virtual machines are made: a DNS subdomain of at most 62 characters.
   *
   * It has no default on purpose. cdk8s would make one from the construct path, so renaming a chart would make a new
   * group, with new virtual machines, in place of the old.
   */
  readonly name: string;

  /**
   * Namespace of the VmGroup.
   *
   * @default - the namespace of the chart, else the one that kubectl is set to
   */
  readonly namespace?: string;

  /**
   * Labels of the VmGroup, added to those of the chart.
   *
   * @default - the labels of the chart
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the VmGroup.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** Where the replicas of a VmGroup are created. Each entry is a name or an absolute inventory path. */
export interface VmGroupPlacement extends VmGroupSpecPlacement {}

/** What a VmGroup shall be. */
export interface VmGroupProps {
  /** Name, namespace and labels. The name is required. */
  readonly metadata: VmGroupMetadata;

  /**
   * Name or absolute inventory path (such as `/dc/vm/templates/ubuntu`) of the template that replicas are cloned from,
   * 1 to 2048 characters. A change replaces the replicas one after the other.
   */
  readonly template: string;

  /** Number of virtual machines, 0 to 500. 0 keeps the group's folder and removes the machines. */
  readonly replicas: number;

  /** Virtual CPUs of each replica, 1 to 960. */
  readonly cpu: number;

  /**
   * Memory of each replica, a whole number of GiB from 1 GiB to 24576 GiB. Nothing is rounded: `Size.mebibytes(2048)`
   * is 2 GiB, `Size.mebibytes(1536)` is an error.
   */
  readonly memory: Size;

  /**
   * Where replicas are created.
   *
   * @default - the only datacenter and cluster of the vCenter, its root resource pool, the template's datastore, and the
   * folder vm-operator
   */
  readonly placement?: VmGroupPlacement;

  /**
   * Power state of the whole group. A replica that is found in another state is put right.
   *
   * @default PowerState.POWERED_ON
   */
  readonly powerState?: PowerState;

  /**
   * What happens to the virtual machines when the VmGroup is deleted.
   *
   * @default DeletionPolicy.DELETE
   */
  readonly deletionPolicy?: DeletionPolicy;

  /**
   * While true nothing is changed in vCenter for this group, not even by a deletion, which waits.
   *
   * @default false
   */
  readonly paused?: boolean;
}

/**
 * A group of equal virtual machines on a vCenter, cloned from one template.
 *
 * It is checked as `cdk8s synth` runs, after all patches: what is written is what the API server takes. All problems of
 * an app are listed at once, each with the construct path, the field, the value and the remedy. A fraction of a GiB and
 * a missing name are refused at once.
 *
 * What the props do not offer can be patched: `ApiObject.of(group).addJsonPatch(…)`.
 *
 * @example
 *
 *   new VmGroup(chart, 'web', {
 *     metadata: { name: 'web', namespace: 'shop' },
 *     template: 'ubuntu',
 *     replicas: 3,
 *     cpu: 2,
 *     memory: Size.gibibytes(4),
 *   });
 */
export class VmGroup extends Construct {
  /** The object that is written to the manifest, for patches, labels and annotations. */
  public readonly apiObject: ApiObject;

  /** Name of the VmGroup. */
  public readonly name: string;

  /**
   * Defines a VmGroup.
   * @param scope the construct to define it in, a chart or a part of one
   * @param id name of the construct, unique in the scope; not the name of the VmGroup
   * @param props what the group shall be
   */
  public constructor(scope: Construct, id: string, props: VmGroupProps) {
    super(scope, id);
    const { metadata, template, replicas, cpu, memory, placement, powerState, deletionPolicy, paused, ...rest } = props;
    this.name = requiredName(this, metadata);
    const spec: EveryField<Omit<VmGroupSpec, Unoffered>> = {
      cpu,
      memory: wholeGibibytes(this, memory),
      replicas,
      template,
      placement,
      powerState: powerState === undefined ? undefined : (`${powerState}` as const),
      deletionPolicy: deletionPolicy === undefined ? undefined : (`${deletionPolicy}` as const),
      paused,
    };
    // Not KubeVmGroup itself: its toJson keeps only the fields that it knows, so a patch with a wrong name would vanish
    // between the check and the YAML without a word. The same for `rest`, which a caller without types can give.
    this.apiObject = new ApiObject(this, 'Default', { ...KubeVmGroup.GVK, metadata, spec: { ...rest, ...spec } });
    this.node.addValidation({ validate: () => [...problemsOfVmGroup(this.apiObject.toJson())] });
  }
}

/** Power state of a group of virtual machines. */
export enum PowerState {
  /** Every replica runs. */
  POWERED_ON = 'PoweredOn',
  /** Every replica is kept, switched off. */
  POWERED_OFF = 'PoweredOff',
}

/** What happens to the virtual machines when their VmGroup is deleted. */
export enum DeletionPolicy {
  /** They are destroyed, and the group's folder is removed if it is empty then. */
  DELETE = 'Delete',
  /** They stay as they are, in their folder, without our ownership marks. */
  ORPHAN = 'Orphan',
}

/** Fields without props yet; they can be given by a patch. */
type Unoffered =
  | 'networks'
  | 'guest'
  | 'powerOff'
  | 'readiness'
  | 'minReadySeconds'
  | 'progressDeadlineSeconds'
  | 'updateStrategy'
  | 'scaleDown';

/** Names every field of the spec, so that this file stops compiling when the CRD gains, loses or renames one. */
type EveryField<Spec> = { readonly [Field in keyof Spec]-?: Spec[Field] | undefined };

function requiredName(construct: Construct, metadata: Partial<VmGroupMetadata> | undefined): string {
  const name = metadata?.name;
  if (name !== undefined && name !== '') return name;
  throw new Error(
    `[${construct.node.path}] metadata.name is missing: give the VmGroup a name. ` +
      'One made from the construct path would change with it, and the virtual machines be made anew.',
  );
}

function wholeGibibytes(construct: Construct, memory: Size): number {
  // A caller without types may give a bare number, whose unit nobody knows.
  if (typeof memory?.toGibibytes !== 'function') {
    throw new Error(
      `[${construct.node.path}] spec.memory is ${JSON.stringify(memory) ?? 'missing'}: ` +
        'give a Size of cdk8s, such as Size.gibibytes(4).',
    );
  }
  const gibibytes = memory.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (Number.isInteger(gibibytes)) return gibibytes;
  throw new Error(
    `[${construct.node.path}] spec.memory is ${memory.asString()}, that is ${gibibytes} GiB: ` +
      'give a whole number of GiB, such as Size.gibibytes(4).',
  );
}
