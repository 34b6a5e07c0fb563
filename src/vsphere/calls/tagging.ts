/** Tags of machines: which there are, which a machine has, and a change (docs/vsphere.md#tags). */
import type { Clock } from '../../time/clock';
import type { CallContext, ManagedObjectReference, Tag, TagName } from '../port';
import type { RestCall, RestSession } from '../session/rest-session';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { KeptReads } from './kept-reads';

/** Names change seldom, and each is a request. */
const KEPT_MS = 60_000;
const OF_MACHINES = 'VirtualMachine';

interface Category {
  readonly id: string;
  readonly name: string;
  readonly isSingle: boolean;
  readonly isForMachines: boolean;
}
type Named = Pick<Tag, 'id' | 'name'>;
type Fields = Readonly<Record<string, unknown>>;

export class Tagging {
  readonly #session: RestSession | undefined;
  #kept: KeptReads;
  readonly #clock: Clock;

  /** Without a session tags cannot be used. */
  constructor(session: RestSession | undefined, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
    this.#kept = new KeptReads(clock);
  }

  async tags(names: readonly TagName[], call: CallContext): Promise<readonly Tag[]> {
    const categories = await this.#categories(call);
    const found: Tag[] = [];
    for (const category of categories) {
      const wanted = new Set(names.filter((one) => one.category === category.name).map(({ name }) => name));
      if (wanted.size === 0) continue;
      const all = await this.#tagsOf(category, call);
      const ofCategory = all.map(({ id }) => id);
      for (const { id, name } of all) {
        if (!wanted.has(name)) continue;
        const { isSingle, isForMachines } = category;
        found.push({ id, name, category: category.name, isSingle, isForMachines, ofCategory });
      }
    }
    return found;
  }

  async attached(machine: ManagedObjectReference, call: CallContext): Promise<readonly string[]> {
    const list = { resource: 'tag-association', action: 'list-attached-tags', body: objectOf(machine) } as const;
    return textsOf(await this.#read('ListAttachedTags', { method: 'POST', ...list }, call));
  }

  /** No effect if the machine has it. */
  attach(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void> {
    return this.#change('AttachTag', 'attach', machine, tag, call);
  }

  /** No effect if the machine does not have it. */
  detach(machine: ManagedObjectReference, tag: string, call: CallContext): Promise<void> {
    return this.#change('DetachTag', 'detach', machine, tag, call);
  }

  #categories(call: CallContext): Promise<readonly Category[]> {
    const read = async () => {
      const ids = textsOf(await this.#read('ListCategories', { method: 'GET', resource: 'category' }, call));
      return this.#each(ids, async (id) => {
        const told = await this.#read('GetCategory', { method: 'GET', resource: 'category', id }, call);
        const { name, cardinality, associable_types: types } = recordOf(told, 'GetCategory');
        const associable = textsOf(types ?? []);
        return {
          id,
          name: String(name),
          isSingle: cardinality === 'SINGLE',
          isForMachines: associable.length === 0 || associable.includes(OF_MACHINES),
        };
      });
    };
    return this.#kept.get({ key: 'categories', keptMs: KEPT_MS, read }, call);
  }

  #tagsOf({ id: category }: Category, call: CallContext): Promise<readonly Named[]> {
    const read = async () => {
      const list = { resource: 'tag', action: 'list-tags-for-category' } as const;
      const ids = textsOf(
        await this.#read(
          'ListTagsForCategory',
          { method: 'POST', ...list, id: category, body: { category_id: category } },
          call,
        ),
      );
      return this.#each(ids, async (id) => {
        const told = await this.#read('GetTag', { method: 'GET', resource: 'tag', id }, call);
        return { id, name: String(recordOf(told, 'GetTag').name) };
      });
    };
    return this.#kept.get({ key: `tags of ${category}`, keptMs: KEPT_MS, read }, call);
  }

  /** One after the other, without those that are gone by now. */
  async #each<T>(ids: readonly string[], read: (id: string) => Promise<T>): Promise<readonly T[]> {
    const found: T[] = [];
    for (const id of ids)
      try {
        found.push(await read(id));
      } catch (error) {
        if (VsphereError.from(error).code !== 'NotFound') throw error;
      }
    return found;
  }

  async #change(
    what: string,
    action: string,
    machine: ManagedObjectReference,
    id: string,
    call: CallContext,
  ): Promise<void> {
    const change = { resource: 'tag-association', id, action, body: objectOf(machine) } as const;
    try {
      await this.#request({ what, effect: 'mutation', method: 'POST', ...change }, call);
    } catch (error) {
      // The tag may be gone, or of another category.
      this.#kept = new KeptReads(this.#clock);
      throw error;
    }
  }

  #read(what: string, rest: Omit<RestCall, 'what' | 'effect'>, call: CallContext): Promise<unknown> {
    return this.#request({ what, effect: 'read', ...rest }, call);
  }

  #request(rest: RestCall, call: CallContext): Promise<unknown> {
    if (this.#session !== undefined) return this.#session.request(rest, call);
    throw transportError(
      'InvalidInput',
      'this way to log in to vCenter has no tags: log in with a password',
      'NotSent',
    );
  }
}

function objectOf({ type, value }: ManagedObjectReference): object {
  return { object_id: { type, id: value } };
}

/** vcsim sends null for an empty list. */
function textsOf(value: unknown): readonly string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw transportError('MalformedResponse', 'an answer of the tagging service is no list of ids', 'Unknown');
}

function recordOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && 'name' in value) return { ...value };
  throw transportError('MalformedResponse', `the answer to ${what} has no name`, 'Unknown');
}
