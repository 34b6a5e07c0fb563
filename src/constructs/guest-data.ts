import { ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type {
  VmGroupSpecGuest,
  VmGroupSpecGuestCloudInit,
  VmGroupSpecGuestCloudInitUserData,
} from '../../imports/vmgroup';
import { nameOfResource } from './resource-name';
import type { Written } from './written';

/**
 * Text for the guest operating system: in the VmGroup itself, or in a Secret of the group's namespace.
 *
 * The operator may read a Secret only where a Role allows it: see `VmOperator.allowGuestSecretsOf` and
 * `GuestSecretAccess`.
 */
export class GuestData {
  /**
   * The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it.
   * @param text at most 65536 characters
   */
  public static fromText(text: string): GuestData {
    return new GuestData({ text });
  }

  /**
   * A key of a Secret. It is read when a replica is created; a later change of the Secret changes no replica.
   * @param secret the Secret: an `ApiObject`, a construct around one, or a construct with a name, such as a Secret of
   * cdk8s-plus. If it is in the chart of the group, it is written before the group
   * @param key key in the Secret, 1 to 253 characters of A-Z, a-z, 0-9, `.`, `_` and `-`
   */
  public static fromSecret(secret: IConstruct, key: string): GuestData {
    return new GuestData({ name: nameOfResource(secret), key, secret });
  }

  /**
   * A key of a Secret that this app does not make. It is read when a replica is created; a later change of the Secret
   * changes no replica.
   * @param name name of a Secret in the group's namespace
   * @param key key in the Secret, 1 to 253 characters of A-Z, a-z, 0-9, `.`, `_` and `-`
   */
  public static fromSecretName(name: string, key: string): GuestData {
    return new GuestData({ name, key });
  }

  private constructor(private readonly source: TextSource | SecretSource) {}

  /**
   * Name of the Secret; undefined for a text.
   * @internal
   */
  public get _secretName(): string | undefined {
    return 'name' in this.source ? this.source.name : undefined;
  }

  /**
   * The construct of the Secret; undefined for a text, and for a Secret that this app does not make.
   * @internal
   */
  public get _secret(): IConstruct | undefined {
    return 'secret' in this.source ? this.source.secret : undefined;
  }

  /**
   * The data as it is written in the VmGroup.
   * @internal
   */
  public _toJson(): Written<VmGroupSpecGuestCloudInitUserData> {
    return 'text' in this.source
      ? { secretKeyRef: undefined, value: this.source.text }
      : { secretKeyRef: { name: this.source.name, key: this.source.key }, value: undefined };
  }
}

/**
 * What cloud-init is given at the first boot of a replica, through its data source VMware.
 *
 * Both texts may contain `$(vm.name)`, `$(vm.id)`, `$(vm.ordinal)`, `$(vm.hostname)`, `$(vm.instanceUuid)`,
 * `$(vm.revision)`, `$(vm.failureDomain)`, `$(vm.address.NETWORK)` (of an entry of `networks` with addresses, without the
 * prefix length), `$(group.name)`, `$(group.namespace)` and `$(cluster.name)`. They are replaced by the values of the
 * replica. `$$(` writes `$(`.
 */
export interface CloudInit {
  /**
   * User-data, such as a text that begins with `#cloud-config`. Everyone who may read the machine in vCenter can read it
   * there.
   *
   * @default - none
   */
  readonly userData?: GuestData;

  /**
   * Metadata, a YAML mapping of at most 16 KiB, once the variables are replaced. instance-id and local-hostname are added
   * if they are missing.
   *
   * @default - instance-id and local-hostname
   */
  readonly metadata?: GuestData;

  /**
   * Whether the user-data is removed from the machine in vCenter, once, when the replica is ready and VMware Tools run in it.
   * Choose a readiness that means that cloud-init has read its data, such as `Readiness.ipAddress()`.
   *
   * @default false
   */
  readonly cleanup?: boolean;
}

interface TextSource {
  readonly text: string;
}

interface SecretSource {
  readonly name: string;
  readonly key: string;
  readonly secret?: IConstruct;
}

/** All data of a group's guests. */
export interface GuestParts extends CloudInit {
  readonly ignition?: GuestData | undefined;
  /** Name of a customization specification. */
  readonly customizationSpec?: string | undefined;
}

/** Where each part is in the spec. */
const FIELDS = { userData: 'cloudInit.userData', metadata: 'cloudInit.metadata', ignition: 'ignition.config' } as const;

/** The field spec.guest, or undefined if nothing is given. */
export function guestToJson({
  ignition,
  customizationSpec,
  ...rest
}: GuestParts): Written<VmGroupSpecGuest> | undefined {
  const cloudInit = cloudInitToJson(rest);
  if (cloudInit === undefined && ignition === undefined && customizationSpec === undefined) return undefined;
  return {
    cloudInit,
    ignition: ignition && { config: ignition._toJson() },
    customizationSpec: customizationSpec === undefined ? undefined : { name: customizationSpec },
  };
}

/** The field spec.guest.cloudInit, or undefined if nothing is given. */
function cloudInitToJson(cloudInit: CloudInit): Written<VmGroupSpecGuestCloudInit> | undefined {
  const { userData, metadata, cleanup } = cloudInit;
  if (userData === undefined && metadata === undefined) return undefined;
  return { cleanup, userData: userData?._toJson(), metadata: metadata?._toJson() };
}

/**
 * Writes a group's Secrets of the same chart before the group, so that `kubectl apply` makes them first. Secrets of
 * other charts are left alone: for a dependency between charts cdk8s puts numbers into the names of the files.
 */
export function writeSecretsFirst(group: Construct, parts: GuestParts): void {
  for (const secret of secretsOf(parts)) {
    if (Chart.of(secret) === Chart.of(group)) group.node.addDependency(secret);
  }
}

/**
 * One line `<field> is <value>: <remedy>` per Secret of another namespace. The operator reads Secrets of the group's
 * namespace only.
 */
export function problemsOfSecrets(parts: GuestParts, namespace: string | undefined): readonly string[] {
  return (['userData', 'metadata', 'ignition'] as const).flatMap((part) => {
    const data = parts[part];
    const found = data?._secret === undefined ? undefined : apiObjectOf(data._secret)?.metadata.namespace;
    return found === undefined || namespace === undefined || found === namespace
      ? []
      : [
          `spec.guest.${FIELDS[part]}.secretKeyRef.name is ${JSON.stringify(data?._secretName)} of namespace ` +
            `${JSON.stringify(found)}: put the Secret into the group's namespace ${JSON.stringify(namespace)}`,
        ];
  });
}

/** Names of the Secrets that guest data names, sorted. */
export function secretNamesOf({ userData, metadata, ignition }: GuestParts): readonly string[] {
  const names = [userData?._secretName, metadata?._secretName, ignition?._secretName].filter(
    (name) => name !== undefined,
  );
  return [...new Set(names)].sort();
}

function secretsOf({ userData, metadata, ignition }: GuestParts): readonly IConstruct[] {
  return [userData?._secret, metadata?._secret, ignition?._secret].filter((secret) => secret !== undefined);
}

function apiObjectOf(construct: IConstruct): ApiObject | undefined {
  if (ApiObject.isApiObject(construct)) return construct;
  const child = construct.node.defaultChild;
  return child === undefined ? undefined : apiObjectOf(child);
}
