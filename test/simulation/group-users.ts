/** People who use VmGroups. Their requests reach the API server at once and are never lost. */
import { API_GROUP, groupKey, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../src/api/vm-group';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import type { StoredObject } from '../fakes/kubernetes/objects';

const GROUPS = `/apis/${VM_GROUP_RESOURCE.apiVersion}/${VM_GROUP_RESOURCE.plural}`;

const NAMESPACES = '/api/v1/namespaces';

export class GroupUsers {
  /** Called after each change. */
  onChange: () => void = () => {};
  readonly #model: KubernetesModel;

  constructor(model: KubernetesModel) {
    this.#model = model;
    model.objects.create(NAMESPACES, undefined, { metadata: { name: 'kube-system' } });
    model.objects.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', undefined, {
      metadata: { name: `${VM_GROUP_RESOURCE.plural}.${API_GROUP}` },
    });
  }

  /** UID of the namespace kube-system. */
  get clusterId(): string {
    return this.#model.objects.get(NAMESPACES, 'kube-system').metadata.uid;
  }

  /** The holder of a Lease; empty if there is none. */
  holderOf(name: string): string {
    const leases = this.#model.objects.list('/apis/coordination.k8s.io/v1/leases', undefined);
    const lease = leases.find(({ metadata }) => metadata.name === name);
    return (lease?.spec as { holderIdentity?: string } | undefined)?.holderIdentity ?? '';
  }

  list(): readonly VmGroup[] {
    return this.#model.objects.list(GROUPS, undefined).map(asGroup);
  }

  get(key: string): VmGroup | undefined {
    return this.list().find((group) => groupKey(group) === key);
  }

  create(namespace: string, name: string, spec: VmGroupSpec, metadata: { readonly finalizers?: string[] } = {}): void {
    const { apiVersion, kind } = VM_GROUP_RESOURCE;
    const known = this.#model.objects.list(NAMESPACES, undefined);
    if (!known.some((held) => held.metadata.name === namespace))
      this.#model.objects.create(NAMESPACES, undefined, { metadata: { name: namespace } });
    this.#model.objects.create(GROUPS, namespace, { apiVersion, kind, metadata: { ...metadata, name }, spec });
    this.onChange();
  }

  /** Has no effect if the Secret exists. */
  createSecret(namespace: string, name: string, key: string, value: string): void {
    const secrets = '/api/v1/secrets';
    if (this.#model.objects.list(secrets, namespace).some(({ metadata }) => metadata.name === name)) return;
    const data = { [key]: Buffer.from(value).toString('base64') };
    this.#model.objects.create(secrets, namespace, { metadata: { name }, data });
  }

  changeSpec(group: VmGroup, change: Partial<VmGroupSpec>): void {
    this.#update(group, ({ spec, ...rest }) => ({ ...rest, spec: { ...Object(spec), ...change } }));
  }

  withoutAdoption(group: VmGroup): void {
    this.#update(group, ({ spec, ...rest }) => {
      const { adopt: _, ...others } = Object(spec);
      return { ...rest, spec: others };
    });
  }

  annotate(group: VmGroup, name: string, value: string): void {
    this.#update(group, (object) => {
      const annotations = { ...Object(object.metadata.annotations), [name]: value };
      return { ...object, metadata: { ...object.metadata, annotations } };
    });
  }

  /** Somebody else overwrites our status. */
  overwriteStatus(group: VmGroup): void {
    const change = (object: StoredObject) => ({ ...object, status: { ...Object(object.status), phase: 'ERROR' } });
    this.#model.objects.update(GROUPS, groupKey(group), change, 'Status');
  }

  delete(group: VmGroup): void {
    this.#model.objects.delete(GROUPS, groupKey(group), group.metadata.uid);
    this.onChange();
  }

  #update(group: VmGroup, change: (object: StoredObject) => Partial<StoredObject>): void {
    this.#model.objects.update(GROUPS, groupKey(group), change, 'Object');
    this.onChange();
  }
}

/** The model checks no schema. All VmGroups here have their defaults. */
function asGroup(object: StoredObject): VmGroup {
  return object as unknown as VmGroup;
}
