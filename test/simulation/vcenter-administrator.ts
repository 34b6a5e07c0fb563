/** Who makes the VCenter object, in some seeds. It names the vCenter that the environment names, too. */
import { VCENTER_FINALIZER, VCENTER_RESOURCE, type VCenter } from '../../src/api/vcenter';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import { MODEL_ACCOUNT } from '../fakes/vcenter';

const VCENTERS = `/apis/${VCENTER_RESOURCE.apiVersion}/${VCENTER_RESOURCE.plural}`;
const ACCOUNT = 'vcenter-account';
export const OPERATOR_NAMESPACE = 'operator';
export const VCENTER = 'main';

export class VCenterAdministrator {
  constructor(
    private readonly model: KubernetesModel,
    /** Called after each change. */
    private readonly onChange: () => void,
  ) {}

  /** Undefined: the environment decides. */
  get vcenter(): VCenter | undefined {
    const [object] = this.model.objects.list(VCENTERS, undefined);
    return object as unknown as VCenter | undefined;
  }

  /** Whether a process has left the vCenter of the environment, and said so. */
  get isAdmitted(): boolean {
    return this.vcenter?.metadata.finalizers?.includes(VCENTER_FINALIZER) ?? false;
  }

  create(): void {
    const { apiVersion, kind } = VCENTER_RESOURCE;
    const { userName, password } = MODEL_ACCOUNT;
    const data = { username: btoa(userName), password: btoa(password) };
    const secrets = '/api/v1/secrets';
    if (!this.model.objects.list(secrets, OPERATOR_NAMESPACE).some(({ metadata }) => metadata.name === ACCOUNT))
      this.model.objects.create(secrets, OPERATOR_NAMESPACE, { metadata: { name: ACCOUNT }, data });
    this.model.objects.create(VCENTERS, undefined, {
      ...{ apiVersion, kind, metadata: { name: VCENTER } },
      spec: {
        endpoint: { host: 'model', port: 443 },
        credentials: { secretRef: { name: ACCOUNT }, method: 'Password' },
        namespaceSelector: {},
      },
    });
    this.onChange();
  }

  /** All namespaces, or none. */
  select(which: 'All' | 'None'): void {
    if (this.vcenter === undefined) return;
    const namespaceSelector = which === 'All' ? {} : { matchLabels: { nobody: 'has-it' } };
    const change = ({ spec, ...rest }: { spec?: unknown }) => ({
      ...rest,
      spec: { ...Object(spec), namespaceSelector },
    });
    this.model.objects.update(VCENTERS, VCENTER, change, 'Object');
    this.onChange();
  }
}
