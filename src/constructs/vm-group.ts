import { ApiObject, type Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { VmGroupSpec } from '../../imports/vmgroup';
import { KubeVmGroup } from '../../imports/vmgroup-construct';
import { type CloudInit, cloudInitToJson, problemsOfSecrets, secretNamesOf, writeSecretsFirst } from './guest-data';
import { problemsOfVmGroup } from './vm-group-problems';
import type { VmGroupMetadata, VmGroupProps } from './vm-group-props';
import { wholeGibibytes, wholeSeconds } from './whole-numbers';
import type { Written } from './written';

/** What an autoscaler scales, as `scaleTargetRef` of a HorizontalPodAutoscaler has it. */
export interface ScaleTarget {
  /** API group and version of the VmGroup. */
  readonly apiVersion: string;
  /** Always VmGroup. */
  readonly kind: string;
  /** Name of the VmGroup. */
  readonly name: string;
}

/**
 * A group of equal virtual machines on a vCenter, cloned from one template.
 *
 * It is checked as `cdk8s synth` runs, after all patches: the schema and the rules of the CRD are applied as the API
 * server does, except for those that compare with the stored group. All problems of an app are listed at once, each with
 * the construct path, the field, the value and the remedy. A fraction of a GiB or of a second and a missing name are
 * refused at once.
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

  private cloudInit: CloudInit = {};

  /**
   * Defines a VmGroup.
   * @param scope the construct to define it in, a chart or a part of one
   * @param id name of the construct, unique in the scope; not the name of the VmGroup
   * @param props what the group shall be
   */
  public constructor(scope: Construct, id: string, props: VmGroupProps) {
    super(scope, id);
    const { metadata, cloudInit = {}, ...rest } = props;
    this.name = requiredName(this, metadata);
    this.addCloudInit(cloudInit);
    const fixed = this.fixedFields(rest);
    // Not KubeVmGroup itself: its toJson keeps only the fields that it knows, so a patch with a wrong name would vanish
    // between the check and the YAML without a word.
    this.apiObject = new ApiObject(this, 'Default', {
      ...KubeVmGroup.GVK,
      metadata,
      spec: Lazy.any({ produce: () => this.spec(fixed) }),
    });
    this.node.addValidation({
      validate: () => [
        ...problemsOfVmGroup(this.apiObject.toJson()),
        ...problemsOfSecrets(this.cloudInit, this.namespace),
      ],
    });
  }

  /** Namespace of the VmGroup: its own or that of the chart; undefined leaves it to kubectl. */
  public get namespace(): string | undefined {
    return this.apiObject.metadata.namespace;
  }

  /** Names of the Secrets that the group's guest data names, in its namespace. */
  public get guestSecretNames(): string[] {
    return [...secretNamesOf(this.cloudInit)];
  }

  /**
   * Gives the guests data for their first boot.
   * @param cloudInit user-data, metadata or both; what the group has already cannot be given again
   */
  public addCloudInit(cloudInit: CloudInit): void {
    for (const part of ['userData', 'metadata'] as const) {
      if (cloudInit[part] !== undefined && this.cloudInit[part] !== undefined) {
        throw new Error(
          `[${this.node.path}] spec.guest.cloudInit.${part} is given twice: give one text, with all that the guest needs.`,
        );
      }
    }
    this.cloudInit = { ...this.cloudInit, ...cloudInit };
    writeSecretsFirst(this, cloudInit);
  }

  /**
   * What a HorizontalPodAutoscaler scales, for its `spec.scaleTargetRef`. No Pod belongs to a VmGroup, so only metrics of
   * the types External and Object have values. Leave `replicas` at a fixed value: each apply sets it again.
   */
  public scaleTarget(): ScaleTarget {
    return { ...KubeVmGroup.GVK, name: this.name };
  }

  /** Every field but guest data, which may still be added. Fields that a caller without types gives are kept, and told. */
  private fixedFields(props: Omit<VmGroupProps, 'metadata' | 'cloudInit'>): Omit<Written<VmGroupSpec>, 'guest'> {
    const { powerState, deletionPolicy, scaleDownOrder, minReady, progressDeadline, placement, networks, ...rest } =
      props;
    const { cpu, memory, replicas, template, powerOff, readiness, updateStrategy, paused, ...unknown } = rest;
    const seconds = (field: string, duration: Duration | undefined) => wholeSeconds(this, field, duration);
    return {
      ...unknown,
      cpu,
      memory: wholeGibibytes(this, 'spec.memory', memory),
      replicas,
      template,
      placement:
        placement === undefined
          ? undefined
          : {
              datacenter: undefined,
              folder: undefined,
              cluster: undefined,
              resourcePool: undefined,
              datastore: undefined,
              ...placement,
            },
      networks,
      powerState: powerState === undefined ? undefined : (`${powerState}` as const),
      powerOff: powerOff?._toJson(seconds),
      readiness: readiness?._toJson(),
      minReadySeconds: seconds('spec.minReadySeconds', minReady),
      progressDeadlineSeconds: seconds('spec.progressDeadlineSeconds', progressDeadline),
      updateStrategy: updateStrategy?._toJson(),
      scaleDown: scaleDownOrder === undefined ? undefined : { order: `${scaleDownOrder}` as const },
      deletionPolicy: deletionPolicy === undefined ? undefined : (`${deletionPolicy}` as const),
      paused,
    };
  }

  private spec(fixed: Omit<Written<VmGroupSpec>, 'guest'>): Written<VmGroupSpec> {
    const cloudInit = cloudInitToJson(this.cloudInit);
    return { ...fixed, guest: cloudInit === undefined ? undefined : { cloudInit } };
  }
}

function requiredName(construct: Construct, metadata: Partial<VmGroupMetadata> | undefined): string {
  const name = metadata?.name;
  if (name !== undefined && name !== '') return name;
  throw new Error(
    `[${construct.node.path}] metadata.name is missing: give the VmGroup a name. ` +
      'One made from the construct path would change with it, and the virtual machines be made anew.',
  );
}
