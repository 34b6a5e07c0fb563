/** What `plan` and `check` take from manifests. */
import type { VCenter } from '../../../api/vcenter';
import type { VmGroupSpec } from '../../../api/vm-group';

/** One VmGroup of a file, with the defaults that the API server would fill in. */
export interface Manifest {
  /** File and line, as in web.yaml:12. */
  readonly source: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Those that the operator knows. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: VmGroupSpec;
  /** Paths in the spec, such as `updateStrategy.type`, of what the file leaves out. A list is one value. Absent: nothing. */
  readonly defaulted?: readonly string[];
}

/** One VCenter of a file. With `specProblems` nothing may be done with it (readable-vcenter.ts). */
export interface VCenterManifest {
  readonly source: string;
  readonly vcenter: VCenter;
}

/** One Secret of a file. */
export interface SecretManifest {
  readonly source: string;
  readonly namespace: string;
  readonly name: string;
  /** In base64, as the API server stores it; never shown (R10). Only the keys of an account. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** One Namespace of a file. */
export interface NamespaceManifest {
  readonly source: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export type Given =
  | { readonly kind: 'VmGroup'; readonly object: Manifest }
  | { readonly kind: 'VCenter'; readonly object: VCenterManifest }
  | { readonly kind: 'Secret'; readonly object: SecretManifest }
  | { readonly kind: 'Namespace'; readonly object: NamespaceManifest };
