import type { IConstruct } from 'constructs';
import { nameOfResource } from './resource-name';

/** How the operator logs in to vCenter. */
export enum VCenterAuth {
  /** With user name and password. */
  PASSWORD = 'Password',
  /** With a SAML token that vCenter's STS gives for user name and password. */
  TOKEN_BY_PASSWORD = 'TokenByPassword',
}

/**
 * The Secret in the operator's namespace with the account: keys VC_USER and VC_PASS (or username and password), and
 * VC_HOST unless `host` is given. It is mounted as files that are read again when they change, so a new password needs
 * no restart.
 */
export class VCenterCredentials {
  /**
   * A Secret of the app.
   * @param secret an `ApiObject`, or a construct around one or with a name, such as a Secret of cdk8s-plus
   */
  public static fromSecret(secret: IConstruct): VCenterCredentials {
    return new VCenterCredentials(nameOfResource(secret));
  }

  /**
   * A Secret that somebody else makes. The Pod waits until it exists.
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

/** Whom the operator takes for the vCenter. */
export class VCenterTrust {
  /** Whoever has a certificate of an authority that the operator's system knows. */
  public static systemRoots(): VCenterTrust {
    return new VCenterTrust(undefined, [], false);
  }

  /**
   * Whoever has a certificate of one of these authorities. They are put into a ConfigMap; a change needs no restart.
   * @param pem certificates as PEM text
   */
  public static authority(pem: string): VCenterTrust {
    return new VCenterTrust(pem, [], false);
  }

  /**
   * Whoever has one of these certificates, whoever signed it.
   * @param sha256 SHA-256 fingerprints, each 32 pairs of hexadecimal digits with colons between them
   */
  public static fingerprints(...sha256: string[]): VCenterTrust {
    return new VCenterTrust(undefined, sha256, false);
  }

  /** Everybody. For tests: whoever sits in between gets the password. */
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

/** The vCenter that the operator works on. */
export interface VCenterConnection {
  /**
   * Host name, host:port or URL of the vCenter.
   *
   * @default - the key VC_HOST of the Secret with the account
   */
  readonly host?: string;

  /**
   * The Secret with the account. It is never part of our manifests: applying them would overwrite it.
   *
   * @default VCenterCredentials.fromSecretName('vc-creds')
   */
  readonly credentials?: VCenterCredentials;

  /**
   * How the account is used.
   *
   * @default VCenterAuth.PASSWORD
   */
  readonly auth?: VCenterAuth;

  /**
   * Whom the operator takes for the vCenter.
   *
   * @default VCenterTrust.systemRoots()
   */
  readonly trust?: VCenterTrust;

  /**
   * VM folder, below the datacenter's VM folder, that holds the groups' folders: at most 79 characters, no slash. It is
   * made if missing.
   *
   * @default vm-operator
   */
  readonly folder?: string;

  /**
   * How many clones may be under way at once, 1 to 500.
   *
   * @default 16
   */
  readonly maxConcurrentTasks?: number;
}
