/** Who makes the VCenter objects, in some seeds. The first names the vCenter that the environment names, too. */
import {
  VCENTER_FINALIZER,
  VCENTER_RESOURCE,
  type VCenter,
  type VCenterSpec,
  type VCenterSpecNamespaceSelector,
} from '../../src/api/vcenter';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import { MODEL_ACCOUNT } from '../fakes/vcenter';

const COLLECTION = `/apis/${VCENTER_RESOURCE.apiVersion}/${VCENTER_RESOURCE.plural}`;
const ACCOUNT = 'vcenter-account';
export const OPERATOR_NAMESPACE = 'operator';

export const VCENTERS = ['main', 'second'] as const;
export type VCenterName = (typeof VCENTERS)[number];
/** That of the environment, too. */
export const FIRST_HOST = 'main.model';

export function hostOf(name: VCenterName): string {
  return `${name}.model`;
}

/** What an administrator says of a vCenter besides how to reach it. */
export type VCenterRules = Pick<VCenterSpec, 'limits' | 'allowed' | 'failureDomains'>;

export class VCenterAdministrator {
  constructor(
    private readonly model: KubernetesModel,
    /** Called after each change. */
    private readonly onChange: () => void,
    /** Those of the story. */
    readonly names: readonly VCenterName[],
    private readonly selectorOf: (name: VCenterName) => VCenterSpecNamespaceSelector,
  ) {}

  /** Undefined: it was not made yet. While there is none the environment decides. */
  vcenter(name: VCenterName): VCenter | undefined {
    const objects = this.model.objects.list(COLLECTION, undefined);
    return objects.find(({ metadata }) => metadata.name === name) as unknown as VCenter | undefined;
  }

  /** Whether a process has left the vCenter of the environment, and said so. */
  get isAdmitted(): boolean {
    return this.names.some((name) => this.vcenter(name)?.metadata.finalizers?.includes(VCENTER_FINALIZER));
  }

  /** Makes all VCenters of the story, with these rules. */
  create(rules: VCenterRules = {}): void {
    const { apiVersion, kind } = VCENTER_RESOURCE;
    const { userName, password } = MODEL_ACCOUNT;
    const data = { username: btoa(userName), password: btoa(password) };
    const secrets = '/api/v1/secrets';
    if (!this.model.objects.list(secrets, OPERATOR_NAMESPACE).some(({ metadata }) => metadata.name === ACCOUNT))
      this.model.objects.create(secrets, OPERATOR_NAMESPACE, { metadata: { name: ACCOUNT }, data });
    for (const name of this.names)
      this.model.objects.create(COLLECTION, undefined, {
        ...{ apiVersion, kind, metadata: { name } },
        spec: {
          endpoint: { host: hostOf(name), port: 443 },
          credentials: { secretRef: { name: ACCOUNT }, method: 'Password' },
          namespaceSelector: this.selectorOf(name),
          ...rules,
        },
      });
    this.onChange();
  }

  /** No namespace, for as long as nobody calls `selectAgain`. */
  selectNobody(name: VCenterName): void {
    this.#change(name, { namespaceSelector: { matchLabels: { nobody: 'has-it' } } });
  }

  /** Each selects whom another one is for, for as long as nobody calls `selectAgain`. */
  swapSelectors(): void {
    for (const [index, name] of [...this.names].reverse().entries())
      this.#change(name, { namespaceSelector: this.selectorOf(this.names[index] ?? name) });
  }

  selectAgain(name: VCenterName): void {
    this.#change(name, { namespaceSelector: this.selectorOf(name) });
  }

  rule(name: VCenterName, rules: Partial<VCenterRules>): void {
    this.#change(name, rules);
  }

  #change(name: VCenterName, change: Partial<VCenterSpec>): void {
    if (this.vcenter(name) === undefined) return;
    this.model.objects.update(
      COLLECTION,
      name,
      ({ spec, ...rest }) => ({ ...rest, spec: { ...Object(spec), ...change } }),
      'Object',
    );
    this.onChange();
  }
}
