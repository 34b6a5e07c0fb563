import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { refOf } from '../../../src/vsphere/property/property-value';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import type { MethodName, ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import { AccountView, noPermission } from './account-view';
import { type FaultWeights, within } from './chance';
import { ModelCollector, type PropertySource } from './collector';
import { storedCustomization } from './customization';
import type { Change } from './inventory-truth';
import { ModelFault, notFound } from './model-fault';
import type { ModelSession } from './model-session';
import { ghostProperties } from './properties';
import { destinationsOf, isRemoval } from './request-shapes';
import type { ServerParts } from './server-parts';

type Ref = ManagedObjectReference;

/** vCenter's default. A pending wait does not count as activity. */
const IDLE_MS = 30 * 60_000;

type Handler<M extends MethodName> = (session: ModelSession, self: Ref, parameters: ParametersOf<M>) => ReturnOf<M>;

export class ModelServer {
  readonly #sessions = new Map<string, ModelSession>();
  readonly #view: AccountView;
  faults: FaultWeights;
  identitySource: 'Up' | 'Down' = 'Up';
  /** Called for each fault that happens here. */
  onFault: (kind: keyof FaultWeights) => void = () => {};
  /** Methods that the account lacks the privilege for. */
  denied: ReadonlySet<MethodName> = new Set();
  /** Called for each call that is refused because of that. */
  onDenied: (method: MethodName) => void = () => {};

  constructor(
    readonly parts: ServerParts,
    faults: FaultWeights,
  ) {
    this.faults = faults;
    this.#view = new AccountView(parts);
    parts.truth.onChange((ref, change) => this.#changed(ref, change));
    parts.permissions.onChange = (ref) => {
      const isTold = parts.quirks.sightRegained === 'Told' || parts.permissions.hides(ref);
      if (isTold) this.#changed(ref, 'Changed');
    };
  }

  get sessionCount(): number {
    for (const session of [...this.#sessions.values()]) this.#expireIdle(session);
    return this.#sessions.size;
  }

  get filterCount(): number {
    const collectors = [...this.#sessions.values()].flatMap((session) => [...session.collectors.values()]);
    return collectors.reduce((count, collector) => count + collector.filterCount, 0);
  }

  sessionOf(cookie: string | undefined): ModelSession {
    const session = cookie === undefined ? undefined : this.#sessions.get(cookie);
    if (session !== undefined) this.#expireIdle(session);
    if (session === undefined || !this.#sessions.has(session.id)) throw new ModelFault('NotAuthenticated');
    session.lastCallMs = this.parts.clock.monotonicMs();
    return session;
  }

  login({ userName, password }: ParametersOf<'Login'>): ModelSession {
    const isRight = this.parts.accounts.get(userName) === password && this.identitySource === 'Up';
    if (!isRight) throw new ModelFault('InvalidLogin');
    const id = this.parts.truth.nextId('session');
    const lastCallMs = this.parts.clock.monotonicMs();
    const session = { id, userName, lastCallMs, collectors: new Map(), views: new Map(), tokens: new Map() };
    this.#sessions.set(id, session);
    return session;
  }

  /** Ends a session, with its views, filters and collectors. */
  endSession(id: string): void {
    const session = this.#sessions.get(id);
    this.#sessions.delete(id);
    for (const collector of session?.collectors.values() ?? []) collector.fail(new ModelFault('NotAuthenticated'));
  }

  endAllSessions(): void {
    for (const id of [...this.#sessions.keys()]) this.endSession(id);
  }

  /** Ends every wait with an error, as when the network breaks. */
  breakWaits(error: Error): void {
    for (const session of this.#sessions.values())
      for (const collector of session.collectors.values()) collector.fail(error);
  }

  /** Handles every call except logins and waits. Throws a ModelFault. */
  handle<M extends MethodName>(method: M, session: ModelSession, self: Ref, parameters: ParametersOf<M>): ReturnOf<M> {
    const handler = this.#handlers[method] as Handler<M> | undefined;
    if (handler === undefined) throw new ModelFault('MethodNotFound', { method });
    if (this.denied.has(method)) {
      this.onDenied(method);
      throw new ModelFault('NoPermission', { object: self, privilegeId: `Needed.For.${method}` });
    }
    const hidden = [self, ...destinationsOf(parameters)].find((ref) => this.parts.permissions.hides(ref));
    if (hidden !== undefined || (isRemoval(method) && this.#view.holdsHidden(self))) throw noPermission(hidden ?? self);
    return handler(session, self, parameters);
  }

  collector(session: ModelSession, self: Ref): ModelCollector {
    const collector = session.collectors.get(self.value);
    if (collector === undefined) throw notFound(self);
    return collector;
  }

  readonly #handlers: { readonly [M in MethodName]?: Handler<M> } = {
    CurrentTime: () => new Date(this.parts.clock.wallMs()).toISOString(),
    Logout: (session) => {
      this.endSession(session.id);
      return undefined;
    },
    CreatePropertyCollector: (session) => {
      const { quirks, clock, random } = this.parts;
      const value = this.parts.truth.nextId('collector');
      session.collectors.set(value, new ModelCollector(this.#sourceFor(session), quirks, clock, random));
      return { type: 'PropertyCollector', value };
    },
    DestroyPropertyCollector: (session, self) => {
      session.collectors.delete(self.value);
      return undefined;
    },
    CreateContainerView: (session, _self, { type }) => this.#newView(session, 'ContainerView', type ?? []),
    CreateListView: (session) => this.#newView(session, 'ListView', []),
    DestroyView: (session, self) => {
      session.views.delete(self.value);
      return undefined;
    },
    ModifyListView: (session, self, { add, remove }) => {
      const view = session.views.get(self.value);
      if (view === undefined) throw notFound(self);
      const notify = (ref: Ref) => {
        for (const collector of session.collectors.values()) collector.changed(ref, 'Changed', 0, self);
      };
      const unresolved = (add ?? []).filter((ref) => !this.#view.sees(ref));
      for (const ref of remove ?? []) if (view.listed.delete(refKey(ref))) notify(ref);
      for (const ref of add ?? []) {
        if (!this.#view.sees(ref)) continue;
        view.listed.set(refKey(ref), ref);
        notify(ref);
      }
      return unresolved;
    },
    CreateFilter: (session, self, { spec }) => {
      const filter = { type: 'PropertyFilter', value: this.parts.truth.nextId('filter') };
      this.collector(session, self).addFilter(filter, spec);
      return filter;
    },
    DestroyPropertyFilter: (session, self) => {
      for (const collector of session.collectors.values()) collector.removeFilter(self);
      return undefined;
    },
    RetrievePropertiesEx: (session, _self, { specSet }) => {
      const objects = specSet.flatMap((spec) => this.#read(session, spec));
      const page = objects.splice(0, this.parts.quirks.pageObjects);
      return { objects: page, ...this.#tokenFor(session, objects) };
    },
    ContinueRetrievePropertiesEx: (session, _self, { token }) => {
      const rest = [...(session.tokens.get(token) ?? [])];
      if (!session.tokens.delete(token)) throw new ModelFault('InvalidArgument');
      const page = rest.splice(0, this.parts.quirks.pageObjects);
      return { objects: page, ...this.#tokenFor(session, rest) };
    },
    FindAllByUuid: (_session, _self, { uuid }) =>
      this.parts.truth.withInstanceUuid(uuid).filter((ref) => this.#view.sees(ref)),
    CreateFolder: (_session, self, { name }) => this.parts.operations.createFolder(self, name),
    CloneVM_Task: ({ userName }, template, { folder, name, spec }) =>
      this.parts.operations.clone({ template, folder, name, spec }, userName),
    QueryEvents: (_session, _self, { filter }) => {
      const source = filter.entity?.entity.value;
      const sinceMs = Date.parse(filter.time?.beginTime ?? '1970-01-01T00:00:00Z');
      return this.parts.operations.clonesBegun
        .filter(({ template, wallMs }) => template === source && wallMs >= sinceMs)
        .map(({ event }) => event);
    },
    FetchUserPrivilegeOnEntities: (_session, _self, { entities }) =>
      entities.map((entity) => {
        const isRoot = refKey(entity) === refKey(this.parts.service.rootFolder);
        if (!isRoot && !this.#view.exists(entity)) throw notFound(entity);
        return { entity, privileges: this.parts.permissions.listed };
      }),
    GetCustomizationSpec: (_session, _self, { name }) => storedCustomization(name),
    RecommendDatastores: (_session, _self, parameters) => this.parts.storage.recommend(parameters),
    PbmRetrieveServiceContent: () => this.parts.policies.serviceContent,
    PbmQueryProfile: () => this.parts.policies.query(),
    PbmRetrieveContent: (_session, _self, parameters) => this.parts.policies.content(parameters),
    PbmCheckRequirements: (_session, _self, parameters) => this.parts.policies.check(parameters),
    SetField: (_session, _self, parameters) => this.parts.customFields.set(parameters),
    ShutdownGuest: ({ userName }, self) => {
      this.parts.operations.shutdownGuest(self, userName);
      return undefined;
    },
    ReconfigVM_Task: ({ userName }, self, { spec }) => this.parts.operations.reconfigure(self, spec, userName),
    ReconfigureComputeResource_Task: ({ userName }, self, parameters) =>
      this.parts.compute.rules.reconfigure(self, parameters, userName),
    PowerOnVM_Task: ({ userName }, self) => this.parts.operations.power(self, 'poweredOn', userName),
    PowerOffVM_Task: ({ userName }, self) => this.parts.operations.power(self, 'poweredOff', userName),
    Rename_Task: ({ userName }, self, { newName }) => this.parts.operations.rename(self, newName, userName),
    Destroy_Task: ({ userName }, self) =>
      self.type === 'Folder'
        ? this.parts.operations.removeFolder(self, userName)
        : this.parts.operations.destroy(self, userName),
    UnregisterAndDestroy_Task: ({ userName }, self) => {
      if (this.parts.quirks.folderRemoval === 'DestroyOnly') throw new ModelFault('MethodNotFound');
      return this.parts.operations.removeFolder(self, userName);
    },
  };

  #newView(session: ModelSession, type: string, types: readonly string[]): Ref {
    const ref = { type, value: this.parts.truth.nextId('view') };
    session.views.set(ref.value, { ref, types, listed: new Map() });
    return ref;
  }

  #tokenFor(session: ModelSession, rest: ReturnOf<'ContinueRetrievePropertiesEx'>['objects']): { token?: string } {
    if (rest.length === 0) return {};
    const token = this.parts.truth.nextId('token');
    session.tokens.set(token, rest);
    return { token };
  }

  #read(session: ModelSession, spec: ParametersOf<'CreateFilter'>['spec']) {
    return spec.objectSet.flatMap(({ obj, skip, selectSet }) => {
      if (spec.reportMissingObjectsInResults === true && !this.#view.exists(obj)) return [];
      const selected = (selectSet ?? []).flatMap(({ path }) => this.#traverse(session, obj, String(path)));
      return [...(skip === true ? [] : [obj]), ...selected].flatMap((ref) => {
        const paths = spec.propSet.find(({ type }) => ref.type.endsWith(type))?.pathSet ?? [];
        return this.#view.read(ref, paths);
      });
    });
  }

  #traverse(session: ModelSession, from: Ref, path: string): readonly Ref[] {
    switch (path) {
      case 'recentTask':
        return this.parts.tasks.all().map(({ ref }) => ref);
      case 'view':
        // Objects that are gone are no members any more.
        return this.#sourceFor(session)
          .members(from)
          .filter((ref) => this.#view.sees(ref));
      default: {
        const value = this.#view.property(from, path);
        return (Array.isArray(value) ? (value as readonly AnyValue[]) : [value]).flatMap((item) => refOf(item) ?? []);
      }
    }
  }

  #sourceFor(session: ModelSession): PropertySource {
    const { truth } = this.parts;
    return {
      isMember: (view, ref) => {
        const known = session.views.get(view.value);
        return known !== undefined && (known.listed.has(refKey(ref)) || known.types.includes(ref.type));
      },
      exists: (ref) => this.#view.sees(ref),
      property: (ref, path) => this.#view.property(ref, path),
      ghost: (ref) => ghostProperties(truth.ghosts.get(refKey(ref))),
      members: (view) => {
        const known = session.views.get(view.value);
        if (known === undefined) throw notFound(view);
        if (view.type === 'ListView') return [...known.listed.values()];
        const all = [...truth.entities.values(), ...truth.machines.values()].map(({ ref }) => ref);
        return all.filter((ref) => known.types.includes(ref.type) && this.#view.sees(ref));
      },
    };
  }

  #changed(ref: Ref, change: Change): void {
    const { quirks, random, clock } = this.parts;
    for (const session of this.#sessions.values())
      for (const collector of session.collectors.values()) {
        const isLate = ref.type === 'Task' ? quirks.newsOrder === 'EffectFirst' : quirks.newsOrder === 'TaskFirst';
        const lags = isLate || (quirks.newsOrder === 'Either' && random() < 0.5);
        collector.changed(ref, change, lags ? within(quirks.newsLagMs, random) : 0);
        if (this.faults.newsTwice === 0 || random() >= this.faults.newsTwice) continue;
        this.onFault('newsTwice');
        clock.setTimer(2 * within(quirks.newsDelayMs, random), () => {
          if ([...session.collectors.values()].includes(collector)) collector.changed(ref, 'Changed', 0);
        });
      }
  }

  #expireIdle(session: ModelSession): void {
    if (this.parts.clock.monotonicMs() - session.lastCallMs > IDLE_MS) this.#sessions.delete(session.id);
  }
}
