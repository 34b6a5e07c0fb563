import { ApiObject, type Duration, Lazy, type Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { VmGroupSpec } from '../../imports/vmgroup';
import { KubeVmGroup } from '../../imports/vmgroup-construct';
import {
  type CloudInit,
  type GuestParts,
  guestToJson,
  problemsOfSecrets,
  secretNamesOf,
  writeSecretsFirst,
} from './guest-data';
import { problemsOfSameName } from './same-output';
import { spreadToJson } from './spread';
import { cloneToJson } from './vm-group-clone';
import type { VmGroupDisks } from './vm-group-disks';
import { problemsOfVmGroup } from './vm-group-problems';
import type { VmGroupMetadata, VmGroupProps } from './vm-group-props';
import { wholeGibibytes, wholeSeconds } from './whole-numbers';
import type { Written } from './written';

/** What an autoscaler scales, in the form of `scaleTargetRef` of a HorizontalPodAutoscaler. */
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
 * `cdk8s synth` checks it after all patches. It applies the schema and the rules of the CRD as the API server does, except
 * for rules that compare with the stored group. All problems of an app are listed at once, each with the construct path,
 * the field, the value and the remedy. A fraction of a GiB or of a second and a missing name are refused earlier, by the
 * constructor.
 *
 * Fields without a prop can be patched: `ApiObject.of(group).addJsonPatch(…)`.
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

  /** What a guest may get in the place of cloud-init data. */
  private readonly boot: Pick<GuestParts, 'ignition' | 'customizationSpec'>;

  /**
   * Defines a VmGroup.
   * @param scope the construct to define it in, a chart or a part of one
   * @param id name of the construct, unique in the scope; not the name of the VmGroup
   * @param props what the group shall be
   */
  public constructor(scope: Construct, id: string, props: VmGroupProps) {
    super(scope, id);
    const { metadata, cloudInit = {}, ignition, customizationSpec, ...rest } = props;
    this.name = requiredName(this, metadata);
    this.boot = { ignition, customizationSpec };
    this.addCloudInit(cloudInit);
    writeSecretsFirst(this, { ignition });
    props.vcenter?._writeFirst(this);
    const fixed = this.fixedFields(rest);
    // Not KubeVmGroup: its toJson keeps only the fields that it knows. A patch with a misspelt field would pass the check
    // and be missing in the YAML.
    this.apiObject = new ApiObject(this, 'Default', {
      ...KubeVmGroup.GVK,
      metadata,
      spec: Lazy.any({ produce: () => this.spec(fixed) }),
    });
    this.node.addValidation({
      validate: () => [
        ...problemsOfVmGroup(this.apiObject.toJson()),
        ...problemsOfSameName(this.apiObject),
        ...problemsOfSecrets(this.guestParts, this.namespace),
      ],
    });
  }

  /** Namespace of the VmGroup: its own or that of the chart. Undefined means the current namespace of kubectl. */
  public get namespace(): string | undefined {
    return this.apiObject.metadata.namespace;
  }

  /** Names of the Secrets of the group's guest data, in the group's namespace. */
  public get guestSecretNames(): string[] {
    return [...secretNamesOf(this.guestParts)];
  }

  /**
   * Adds data for the first boot of the guests.
   * @param cloudInit user-data, metadata or both; a part that the group already has cannot be given again
   */
  public addCloudInit(cloudInit: CloudInit): void {
    for (const part of ['userData', 'metadata'] as const) {
      if (cloudInit[part] !== undefined && this.cloudInit[part] !== undefined) {
        throw new Error(
          `[${this.node.path}] spec.guest.cloudInit.${part} is given twice: give one text with all that the guest needs`,
        );
      }
    }
    this.cloudInit = { ...this.cloudInit, ...cloudInit };
    writeSecretsFirst(this, cloudInit);
  }

  /**
   * The `spec.scaleTargetRef` of a HorizontalPodAutoscaler that scales this group. A VmGroup has no Pods, so only metrics
   * of the types External and Object have values. Leave the prop `replicas` out then: an apply would set it back to the
   * value of the prop again.
   */
  public scaleTarget(): ScaleTarget {
    return { ...KubeVmGroup.GVK, name: this.name };
  }

  /**
   * Every field except guest data, which may be added later. Unknown fields, which a caller without types may give, are
   * kept, so that synth refuses them.
   */
  private fixedFields(
    props: Omit<VmGroupProps, 'metadata' | 'cloudInit' | 'ignition' | 'customizationSpec'>,
  ): Omit<Written<VmGroupSpec>, 'guest'> {
    const { powerState, deletionPolicy, scaleDownOrder, minReady, progressDeadline, placement, networks, ...rest } =
      props;
    const {
      cpu,
      memory,
      replicas,
      template,
      clone,
      hardware,
      disks,
      vcenter,
      naming,
      powerOff,
      readiness,
      updateStrategy,
      retire,
      adopt,
      extraConfig,
      customAttributes,
      tags,
      paused,
      ...unknown
    } = rest;
    const seconds = (field: string, duration: Duration | undefined) => wholeSeconds(this, field, duration);
    return {
      ...unknown,
      cpu,
      memory: wholeGibibytes(this, 'spec.memory', memory),
      replicas,
      template,
      clone: clone && cloneToJson(clone),
      hardware: hardware && {
        coresPerSocket: undefined,
        cpuHotAdd: undefined,
        memoryHotAdd: undefined,
        ...hardware,
      },
      disks: disks && this.disks(disks),
      vcenterRef: vcenter && { name: vcenter.name },
      placement:
        placement === undefined
          ? undefined
          : {
              datacenter: undefined,
              folder: undefined,
              cluster: undefined,
              resourcePool: undefined,
              datastore: undefined,
              datastoreCluster: undefined,
              storagePolicy: undefined,
              failureDomains: undefined,
              ...placement,
              spread: placement.spread && spreadToJson(placement.spread),
              hostAntiAffinity: placement.hostAntiAffinity && (`${placement.hostAntiAffinity}` as const),
            },
      networks: networks?.map((network) => ({ ...NO_ADDRESSES, ...network })),
      naming: naming && { vmName: undefined, hostname: undefined, ...naming },
      powerState: powerState === undefined ? undefined : (`${powerState}` as const),
      powerOff: powerOff?._toJson(seconds),
      readiness: readiness?._toJson(),
      minReadySeconds: seconds('spec.minReadySeconds', minReady),
      progressDeadlineSeconds: seconds('spec.progressDeadlineSeconds', progressDeadline),
      updateStrategy: updateStrategy?._toJson(),
      extraConfig: extraConfig && Object.entries(extraConfig).map(([key, value]) => ({ key, value })),
      customAttributes: customAttributes && Object.entries(customAttributes).map(([name, value]) => ({ name, value })),
      tags,
      retire,
      adopt: adopt && { machines: undefined, folder: undefined, ...adopt },
      scaleDown: scaleDownOrder === undefined ? undefined : { order: `${scaleDownOrder}` as const },
      deletionPolicy: deletionPolicy === undefined ? undefined : (`${deletionPolicy}` as const),
      paused,
    };
  }

  private disks({ rootSize, extra, ...unknown }: VmGroupDisks): Written<NonNullable<VmGroupSpec['disks']>> {
    const gibibytes = (field: string, size: Size) => wholeGibibytes(this, field, size);
    return {
      ...unknown,
      rootSizeGiB: rootSize && gibibytes('spec.disks.rootSizeGiB', rootSize),
      extra: extra?.map(({ name, size, provisioning, ...others }) => ({
        ...others,
        name,
        sizeGiB: gibibytes(`spec.disks.extra[${name}].sizeGiB`, size),
        provisioning: provisioning === undefined ? undefined : (`${provisioning}` as const),
      })),
    };
  }

  private spec(fixed: Omit<Written<VmGroupSpec>, 'guest'>): Written<VmGroupSpec> {
    return { ...fixed, guest: guestToJson(this.guestParts) };
  }

  private get guestParts(): GuestParts {
    return { ...this.cloudInit, ...this.boot };
  }
}

/** The type of the spec wants every field to be written down. */
const NO_ADDRESSES = { addresses: undefined, gateway: undefined, nameservers: undefined };

function requiredName(construct: Construct, metadata: Partial<VmGroupMetadata> | undefined): string {
  const name = metadata?.name;
  if (name !== undefined && name !== '') return name;
  throw new Error(
    `[${construct.node.path}] metadata.name is missing: give the VmGroup a name, ` +
      'because a name made from the construct path would change with the path, and that replaces the virtual machines',
  );
}
