/**
 * A vCenter in memory, for simulation. Where the behaviour of a real vCenter is known, it does the same; elsewhere its
 * behaviour is drawn, and so are faults. Clock and random are injected (R12). Several processes may connect to one model,
 * and tasks of a dead process go on. The connection in front of it is that of production: only the network and the server
 * are fakes.
 */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import {
  type ConnectOptions,
  connectVCenter,
  type ManagedObjectReference,
  staticCredentials,
  type VCenterConnection,
} from '../../../src/vsphere';
import type { MethodName } from '../../../src/vsphere/vim25/methods';
import { type FaultWeights, NO_FAULTS, PLAIN_QUIRKS, type Quirks } from './chance';
import { ModelCompute } from './compute';
import { CUSTOM_FIELDS_MANAGER, ModelCustomFields } from './custom-fields';
import { InventoryTruth } from './inventory-truth';
import { furnish, LANDMARK } from './landmarks';
import { MachineOperations } from './machine-operations';
import type { ModelMachine } from './objects';
import { ModelPermissions } from './permissions';
import { ModelRestTransport } from './rest-transport';
import { SecondHand } from './second-hand';
import { ModelServer } from './server';
import { type ServedModel, type ServeOptions, serveModel } from './soap/serve-model';
import { ModelStorage } from './storage';
import { ModelStoragePolicies } from './storage-policies';
import { ModelTagging } from './tagging';
import { TaskRunner } from './tasks';
import { type CallWatch, LATE_MS, lost, ModelTransport, type SeenCall } from './transport';

export interface ModelOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly quirks?: Quirks;
  readonly faults?: FaultWeights;
  /** Number of foreign machines. Default: 0. */
  readonly machines?: number;
  /** about.instanceUuid. Default: the same for all. */
  readonly instanceUuid?: string;
}

export const MODEL_ACCOUNT = { userName: 'operator@vsphere.local', password: 'only-for-the-model' } as const;
const ADMINISTRATOR = 'administrator@vsphere.local';

export class VCenterModel {
  readonly quirks: Quirks;
  readonly truth = new InventoryTruth();
  /** What the operator's account may not see. */
  readonly permissions = new ModelPermissions(this.truth);
  readonly compute: ModelCompute;
  readonly storage: ModelStorage;
  readonly policies: ModelStoragePolicies;
  readonly customFields = new ModelCustomFields(this.truth);
  readonly tagging = new ModelTagging(new Map([[MODEL_ACCOUNT.userName, MODEL_ACCOUNT.password]]));
  readonly tasks: TaskRunner;
  /** Changes by another person at the same vCenter. */
  readonly hand: SecondHand;
  /** Each call that a process has sent or tried to send, in order. */
  readonly calls: SeenCall[] = [];
  readonly #options: ModelOptions;
  readonly #server: ModelServer;
  readonly #orders: { readonly method: MethodName; readonly fate: 'RequestLost' | 'ReplyLost' }[] = [];
  #down = false;
  #hanging = false;

  constructor(options: ModelOptions) {
    const { clock, random, quirks = PLAIN_QUIRKS, faults = NO_FAULTS } = options;
    this.#options = options;
    this.quirks = quirks;
    this.tasks = new TaskRunner(clock, random, quirks, faults, this.truth);
    this.compute = new ModelCompute(this.truth, this.tasks);
    this.storage = new ModelStorage(this.truth);
    this.policies = new ModelStoragePolicies(this.truth);
    const operations = new MachineOperations(this.truth, this.compute, this.tasks, quirks, clock);
    const accounts = new Map<string, string>([[MODEL_ACCOUNT.userName, MODEL_ACCOUNT.password]]);
    const { truth, permissions, compute, storage, policies, customFields, tasks } = this;
    this.#server = new ModelServer(
      {
        ...{ clock, random, quirks, truth },
        ...{ permissions, compute, storage, policies, customFields, tasks },
        operations,
        accounts,
        service: serviceOf(options.instanceUuid),
      },
      faults,
    );
    this.hand = new SecondHand(this.truth, operations, ADMINISTRATOR);
    furnish(this.truth, options.machines ?? 0, ADMINISTRATOR);
  }

  /** Connects another process, with its own session and inventory. `clock` is the clock of the process. */
  connect(
    options: Partial<ConnectOptions> & {
      readonly watchedExtraConfigKeys: readonly string[];
      /** Is called at each step of each call of this process. */
      readonly watch?: CallWatch;
    },
  ): VCenterConnection {
    const { clock, random } = this.#options;
    const { watch } = options;
    const processClock = options.clock ?? clock;
    const transport = new ModelTransport({
      server: this.#server,
      clock: processClock,
      random,
      onCall: (call) => this.calls.push(call),
      ordered: (method) => this.#takeOrder(method),
      isDown: () => this.#down,
      isHanging: () => this.#hanging,
      ...(watch !== undefined && { watch }),
    });
    const network = { server: this.#server, random, isDown: () => this.#down, isHanging: () => this.#hanging };
    const restTransport = new ModelRestTransport({ ...network, tagging: this.tagging, clock: processClock });
    return connectVCenter({
      server: { host: 'model', port: 443 },
      credentials: staticCredentials(MODEL_ACCOUNT),
      random,
      ...options,
      clock: processClock,
      transport,
      restTransport,
    });
  }

  /** Serves it at a port of this machine. The faults and the latency of the model are those of `connect`, not of this. */
  serve(options: ServeOptions = {}): Promise<ServedModel> {
    return serveModel(this.#server, options);
  }

  get machines(): readonly ModelMachine[] {
    return [...this.truth.machines.values()];
  }

  get sessionCount(): number {
    return this.#server.sessionCount;
  }

  /** Of all property collectors of all sessions. */
  get filterCount(): number {
    return this.#server.filterCount;
  }

  /** The longest time from a read at the server to the arrival of a call that relies on it. */
  get longestFlightMs(): number {
    return 2 * this.quirks.latencyMs.to + (this.#server.faults.requestLate > 0 ? LATE_MS : 0);
  }

  /** Loses the next call of this method: the request, or the reply after the call was done. */
  loseNext(method: MethodName, fate: 'RequestLost' | 'ReplyLost'): void {
    this.#orders.push({ method, fate });
  }

  /** While it is down, vCenter calls every login wrong. */
  setIdentitySource(state: 'Up' | 'Down'): void {
    this.#server.identitySource = state;
  }

  endSessions(): void {
    this.#server.endAllSessions();
  }

  /** Refuses every connection until `goUp`. The inventory stays, and tasks go on. */
  goDown(): void {
    this.#down = true;
    this.#server.breakWaits(lost());
  }

  goUp(): void {
    this.#down = false;
  }

  /** Nothing is answered any more, until `recover`: some requests are carried out, others not; tasks go on. */
  hang(): void {
    this.#hanging = true;
  }

  recover(): void {
    this.#hanging = false;
  }

  /** The listener is called for each fault that happens at the server. */
  onFault(listener: (kind: keyof FaultWeights) => void): void {
    this.#server.onFault = listener;
    this.tasks.onFault = listener;
  }

  setFaults(faults: FaultWeights): void {
    this.#server.faults = faults;
    this.tasks.faults = faults;
  }

  /** The operator's account lacks the privilege for these methods. `onDenied` is called at each such call. */
  deny(methods: readonly MethodName[], onDenied: () => void = () => {}): void {
    this.#server.denied = new Set(methods);
    this.#server.onDenied = onDenied;
  }

  #takeOrder(method: MethodName): 'RequestLost' | 'ReplyLost' | undefined {
    const index = this.#orders.findIndex((order) => order.method === method);
    return index < 0 ? undefined : this.#orders.splice(index, 1)[0]?.fate;
  }
}

const SERVICE = {
  rootFolder: LANDMARK.root,
  propertyCollector: ref('PropertyCollector', 'propertyCollector'),
  viewManager: ref('ViewManager', 'ViewManager'),
  sessionManager: ref('SessionManager', 'SessionManager'),
  taskManager: ref('TaskManager', 'TaskManager'),
  eventManager: ref('EventManager', 'EventManager'),
  authorizationManager: ref('AuthorizationManager', 'AuthorizationManager'),
  searchIndex: ref('SearchIndex', 'SearchIndex'),
  customizationSpecManager: ref('CustomizationSpecManager', 'CustomizationSpecManager'),
  customFieldsManager: CUSTOM_FIELDS_MANAGER,
  storageResourceManager: ref('StorageResourceManager', 'StorageResourceManager'),
  about: {
    name: 'VMware vCenter Server',
    fullName: 'VMware vCenter Server 8.0.3 (model)',
    version: '8.0.3',
    apiType: 'VirtualCenter',
    apiVersion: '8.0.3.0',
    instanceUuid: 'a0de1f00-0000-4000-8000-000000000001',
  },
};

function serviceOf(instanceUuid = SERVICE.about.instanceUuid): typeof SERVICE {
  return { ...SERVICE, about: { ...SERVICE.about, instanceUuid } };
}

function ref<T extends string>(type: T, value: string): ManagedObjectReference & { readonly type: T } {
  return { type, value };
}
