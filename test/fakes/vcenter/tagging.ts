/** The model's tags, and the REST API to them in its two forms. */
import { Buffer } from 'node:buffer';
import type { RestAnswer, RestRequest } from '../../../src/vsphere/transport/rest-transport';

export interface ModelCategory {
  readonly id: string;
  name: string;
  readonly cardinality: 'SINGLE' | 'MULTIPLE';
  /** Empty: all. */
  readonly types: readonly string[];
}

export interface ModelTag {
  readonly id: string;
  name: string;
  readonly category: string;
}

interface ObjectId {
  readonly object_id?: { readonly type: string; readonly id: string };
}

export class ModelTagging {
  /** To look at and to change. */
  readonly categories: ModelCategory[] = [];
  readonly tags: ModelTag[] = [];
  /** By the moRef of the object: ids of tags. */
  readonly attached = new Map<string, Set<string>>();
  readonly sessions = new Set<string>();
  /** Each request that has arrived: METHOD path. */
  readonly requests: string[] = [];
  /** The forms that there are. */
  bases: readonly ('api' | 'rest')[] = ['api', 'rest'];
  #serial = 0;

  constructor(private readonly accounts: ReadonlyMap<string, string>) {
    const stage = this.category('stage', 'SINGLE');
    this.tag(stage, 'test');
    this.tag(stage, 'live');
    const team = this.category('team', 'MULTIPLE');
    this.tag(team, 'web');
    this.tag(team, 'shop');
  }

  category(name: string, cardinality: ModelCategory['cardinality'], types: readonly string[] = []): ModelCategory {
    const category = { id: this.#id('Category'), name, cardinality, types };
    this.categories.push(category);
    return category;
  }

  tag({ id: category }: ModelCategory, name: string): ModelTag {
    const tag = { id: this.#id('Tag'), name, category };
    this.tags.push(tag);
    return tag;
  }

  /** What an object has, as category/name, sorted. */
  of(object: string): readonly string[] {
    const ids = this.attached.get(object) ?? new Set();
    const named = this.tags.filter(({ id }) => ids.has(id));
    return named
      .map(({ name, category }) => `${this.categories.find(({ id }) => id === category)?.name}/${name}`)
      .sort();
  }

  handle({ method, path, headers, body }: RestRequest): RestAnswer {
    this.requests.push(`${method} ${path}`);
    const base = path.startsWith('/api/') ? 'api' : 'rest';
    if (!this.bases.includes(base)) return { status: 404, text: '' };
    const value = (told: unknown, status = 200) => ({
      status,
      text: told === undefined ? '' : JSON.stringify(base === 'api' ? told : { value: told }),
    });
    const session = headers['vmware-api-session-id'];
    if (path === '/api/session' || path === '/rest/com/vmware/cis/session') {
      if (method === 'DELETE') return { status: this.sessions.delete(session ?? '') ? 204 : 401, text: '' };
      const id = this.#login(headers.Authorization);
      return id === undefined ? { status: 401, text: '' } : value(id, 201);
    }
    if (session === undefined || !this.sessions.has(session)) return { status: 401, text: '' };
    const [, resource = '', object = '', action = ''] =
      /\/tagging\/([a-z-]+)(?:\/(?:id:)?([^?]+))?(?:\?~?action=(.+))?$/.exec(path) ?? [];
    const told = this.#answer(resource, decodeURIComponent(object), action, JSON.parse(body ?? '{}'));
    return typeof told === 'number' ? { status: told, text: '' } : value(told.value);
  }

  #login(authorization = ''): string | undefined {
    const [, userName = '', password] =
      /^(.*?):(.*)$/.exec(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()) ?? [];
    if (password === undefined || this.accounts.get(userName) !== password) return undefined;
    const id = `rest-session-${++this.#serial}`;
    this.sessions.add(id);
    return id;
  }

  /** A value, or a status without one. */
  #answer(
    resource: string,
    id: string,
    action: string,
    body: ObjectId & { readonly category_id?: string },
  ): number | { readonly value: unknown } {
    const object = body.object_id?.id ?? '';
    switch (`${resource} ${action}`) {
      case 'category ': {
        if (id === '') return { value: this.categories.map((category) => category.id) };
        const category = this.categories.find((one) => one.id === id);
        return category === undefined ? 404 : { value: { ...category, associable_types: category.types } };
      }
      case 'tag list-tags-for-category':
        return { value: this.tags.filter(({ category }) => category === body.category_id).map((tag) => tag.id) };
      case 'tag ': {
        const tag = this.tags.find((one) => one.id === id);
        return tag === undefined ? 404 : { value: { ...tag, category_id: tag.category } };
      }
      case 'tag-association list-attached-tags':
        return { value: [...(this.attached.get(object) ?? [])] };
      case 'tag-association attach':
        return this.#attach(object, id);
      case 'tag-association detach':
        this.attached.get(object)?.delete(id);
        return 204;
      default:
        return 404;
    }
  }

  #attach(object: string, id: string): number {
    const tag = this.tags.find((one) => one.id === id);
    const category = this.categories.find((one) => one.id === tag?.category);
    if (tag === undefined || category === undefined) return 404;
    const has = this.attached.get(object) ?? new Set();
    const rival = this.tags.find((one) => one.category === category.id && one.id !== id && has.has(one.id));
    if (category.cardinality === 'SINGLE' && rival !== undefined) return 400;
    this.attached.set(object, has.add(id));
    return 204;
  }

  #id(type: string): string {
    return `urn:vmomi:InventoryService${type}:${++this.#serial}:GLOBAL`;
  }
}
