import type { IConstruct } from 'constructs';
import { nameOfResource } from './resource-name';

/** How the operator logs in to vCenter. */
export enum VCenterAuth {
  /** With a user name and password. */
  PASSWORD = 'Password',
  /** With a SAML token that vCenter's STS issues for the user name and password. */
  TOKEN_BY_PASSWORD = 'TokenByPassword',
}

/**
 * The Secret with the account, in the operator's namespace. Its keys are VC_USER and VC_PASS (or username and password),
 * and for `VmOperator` also VC_HOST unless `host` is given. It is read again when it changes, so a new password needs no
 * restart.
 */
export class VCenterCredentials {
  /**
   * A Secret of the app.
   * @param secret an `ApiObject`, a construct around one, or a construct with a name, such as a Secret of cdk8s-plus
   */
  public static fromSecret(secret: IConstruct): VCenterCredentials {
    return new VCenterCredentials(nameOfResource(secret));
  }

  /**
   * A Secret that this app does not make. The Pod of a `VmOperator` with it waits until it exists; a `VCenter` with it is
   * not ready until then.
   * @param name name of the Secret
   */
  public static fromSecretName(name: string): VCenterCredentials {
    return new VCenterCredentials(name);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
  ) {}
}

/** Which certificate of the vCenter the operator accepts. */
export class VCenterTrust {
  /** A certificate of an authority that the operator's system knows. */
  public static systemRoots(): VCenterTrust {
    return new VCenterTrust(undefined, [], false);
  }

  /**
   * A certificate of one of these authorities. `VmOperator` puts them into a ConfigMap. A change needs no restart.
   * @param pem certificates of the authorities, as PEM text
   */
  public static authority(pem: string): VCenterTrust {
    return new VCenterTrust(pem, [], false);
  }

  /**
   * One of these certificates. It does not matter who signed it.
   * @param sha256 SHA-256 fingerprints, each 32 pairs of hexadecimal digits with colons between them
   */
  public static fingerprints(...sha256: string[]): VCenterTrust {
    if (sha256.length === 0)
      throw new Error(
        'VCenterTrust.fingerprints: give at least one SHA-256 fingerprint; for certificates of authorities that the system knows use VCenterTrust.systemRoots()',
      );
    return new VCenterTrust(undefined, sha256, false);
  }

  /** Any certificate. For tests only: somebody on the network path can read the password. */
  public static insecure(): VCenterTrust {
    return new VCenterTrust(undefined, [], true);
  }

  private constructor(
    /** @internal */
    public readonly _pem: string | undefined,
    /** @internal */
    public readonly _fingerprints: readonly string[],
    /** @internal */
    public readonly _insecure: boolean,
  ) {}
}

/** The vCenter of the operator's environment, which serves all namespaces while there is no VCenter object. */
export interface VCenterConnection {
  /**
   * Host name, host:port or URL of the vCenter.
   *
   * @default - the key VC_HOST of the Secret with the account
   */
  readonly host?: string;

  /**
   * The Secret with the account. The manifests never contain it, because applying them would overwrite it.
   *
   * @default VCenterCredentials.fromSecretName('vc-creds')
   */
  readonly credentials?: VCenterCredentials;

  /**
   * How the operator logs in with the account.
   *
   * @default VCenterAuth.PASSWORD
   */
  readonly auth?: VCenterAuth;

  /**
   * Which certificate of the vCenter the operator accepts.
   *
   * @default VCenterTrust.systemRoots()
   */
  readonly trust?: VCenterTrust;

  /**
   * The VM folder that holds the groups' folders: a path below the datacenter's VM folder, of one or more names of at most
   * 79 characters. It may hold the variable `$(cluster)`, as in `vm-operator/$(cluster)`, so that clusters which share the
   * vCenter share no folder. It is made if it is missing.
   *
   * @default vm-operator
   */
  readonly folder?: string;

  /**
   * How many clones may run at once, 1 to 500. 0: as many as bring something, found by the operator from 16 up to 128.
   *
   * @default 0
   */
  readonly maxConcurrentTasks?: number;
}
