import { groupKey, VM_GROUP_RESOURCE, type VmGroup, type VmGroupStatus } from '../api/vm-group';
import { type Change, type EventRecorder, isApiError, type Reflector, type ResourceClient } from '../kubernetes';
import type { GroupEvent, GroupEvents, GroupStore, GroupWriter } from '../vmgroup/port';

/** Field manager of every write to a status. */
const FIELD_MANAGER = 'vm-operator';

/** Index of VmGroups by the last segment of spec.template. */
export const TEMPLATE_INDEX = 'template';

export function templateIndex(group: VmGroup): readonly string[] {
  const name = group.spec.template.split('/').at(-1);
  return name === undefined ? [] : [decodeName(name)];
}

/** Inventory paths write `/`, `\` and `%` inside a name as %2f, %5c and %25. */
function decodeName(segment: string): string {
  return segment.replace(/%(2f|5c|25)/gi, (_match, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

export function groupStore(reflector: Reflector<VmGroup>): GroupStore {
  const { store } = reflector;
  return {
    get: (key) => store.get(key),
    list: () => store.list(),
    byTemplate: (name) => store.byIndex(TEMPLATE_INDEX, name),
  };
}

export class GroupApi implements GroupWriter, GroupEvents {
  /** Resource version of our last write to each group. */
  readonly #written = new Map<string, string>();

  constructor(
    private readonly client: ResourceClient<VmGroup>,
    private readonly reflector: Reflector<VmGroup>,
    private readonly recorder: EventRecorder,
  ) {}

  /** Whether a change is worth a reconcile: the echo of our own write is not (R4). */
  isNews({ key, after }: Change<VmGroup>): boolean {
    if (after === undefined) this.#written.delete(key);
    return after === undefined || this.#written.get(key) !== after.metadata.resourceVersion;
  }

  applyStatus(group: VmGroup, status: VmGroupStatus, signal: AbortSignal): Promise<VmGroup | undefined> {
    const { namespace, name } = group.metadata;
    return this.#accept(this.client.applyStatus(namespace, name, status, FIELD_MANAGER, signal));
  }

  replaceFinalizers(group: VmGroup, finalizers: readonly string[], signal: AbortSignal): Promise<VmGroup | undefined> {
    const { namespace, name, resourceVersion, uid } = group.metadata;
    // With uid and resourceVersion the patch fits this very object only, never a newer one of the same name.
    const patch = { metadata: { uid, resourceVersion, finalizers } };
    return this.#accept(this.client.mergePatch(namespace, name, patch, signal));
  }

  record(group: VmGroup, event: GroupEvent): void {
    const { namespace, name, uid } = group.metadata;
    const { apiVersion, kind } = VM_GROUP_RESOURCE;
    this.recorder.record({ regarding: { apiVersion, kind, namespace, name, uid }, ...event });
  }

  async #accept(write: Promise<VmGroup>): Promise<VmGroup | undefined> {
    try {
      const answer = await write;
      this.#written.set(groupKey(answer), answer.metadata.resourceVersion);
      this.reflector.accept(answer);
      return answer;
    } catch (error) {
      if (isApiError(error, 'NotFound')) return undefined;
      throw error;
    }
  }
}
