/** The server that `check` looks at, and what a person calls its settings. */
import type { VCenter } from '../../../api/vcenter';
import { type ProxyAddress, proxyFromEnvironment, type TrustProvider, VsphereError } from '../../../vsphere';
import { trustOf } from '../../manager/implicit-vcenter';
import { trustOfObject } from '../../manager/vcenter-object';
import type { VCenterSettings } from '../../settings/environment';
import { SettingsError } from '../../settings/settings-error';

export interface CheckedEndpoint {
  readonly host: string;
  readonly port: number;
  readonly proxy: ProxyAddress | undefined;
  readonly trust:
    | { readonly kind: 'Insecure' }
    | {
        readonly kind: 'Verified';
        /** File or field with CA certificates. */
        readonly caFile?: string;
        readonly fingerprints: readonly string[];
      };
  /** The same, to connect with. */
  readonly readTrust: TrustProvider;
}

/** For remedies. */
export interface SettingNames {
  readonly host: string;
  readonly ca: string;
  readonly fingerprints: string;
  readonly insecure: string;
  /** What holds the account. */
  readonly account: string;
  /** What holds the password. */
  readonly password: string;
}

export const ENVIRONMENT: SettingNames = {
  host: 'VC_HOST',
  ca: 'VC_CA_FILE',
  fingerprints: 'VC_FINGERPRINTS',
  insecure: '--insecure',
  account: 'VC_USER and VC_PASS',
  password: 'VC_PASS',
};

/** `place`: where the account is, such as Secret ns/name. It is asked for when a login has failed. */
export function namesOfObject(place: () => string): SettingNames {
  return {
    host: 'spec.endpoint.host',
    ca: 'spec.tls.caBundle',
    fingerprints: 'spec.tls.sha256Fingerprints',
    insecure: 'spec.tls.insecureSkipVerify is true',
    get account() {
      return place();
    },
    get password() {
      return place();
    },
  };
}

export function endpointOfEnvironment(settings: VCenterSettings): CheckedEndpoint {
  const { host, port, proxy, trust } = settings;
  return { host, port, proxy, trust, readTrust: trustOf(trust) };
}

/** Throws SettingsError for a proxy that cannot be used. */
export function endpointOfObject(
  { spec }: VCenter,
  environment: Readonly<Record<string, string | undefined>>,
): CheckedEndpoint {
  const { host, port = 443 } = spec.endpoint;
  const { insecureSkipVerify, caBundle, sha256Fingerprints = [] } = spec.tls ?? {};
  return {
    ...{ host, port, proxy: proxyTo({ host, port }, environment) },
    trust: insecureSkipVerify
      ? { kind: 'Insecure' }
      : {
          kind: 'Verified',
          fingerprints: sha256Fingerprints,
          ...(caBundle !== undefined && { caFile: 'spec.tls.caBundle' }),
        },
    readTrust: async () => trustOfObject(spec.tls),
  };
}

function proxyTo(
  server: { readonly host: string; readonly port: number },
  environment: Readonly<Record<string, string | undefined>>,
): ProxyAddress | undefined {
  try {
    return proxyFromEnvironment(environment, server);
  } catch (error) {
    throw new SettingsError(VsphereError.from(error).message);
  }
}
