/**
 * vCenter for commands that change nothing. It cannot be changed through what this file returns: the connection has no
 * dispatcher and no calls that change. For the API server see read-only.ts.
 */
import type { VCenter } from '../../api/vcenter';
import { type Clock, deadline } from '../../time/clock';
import type { Random } from '../../time/random';
import { type RegisteredVCenter, registrationOf } from '../../vcenter/registry';
import type { TenantPolicy } from '../../vmgroup/model/tenant-policy';
import {
  type About,
  type ConnectionStatus,
  type CredentialsProvider,
  type Inventory,
  RefusedLogins,
  type VCenterConnection,
  type VimClient,
  type VsphereFailure,
} from '../../vsphere';
import { connectImplicitVCenter } from '../manager/implicit-vcenter';
import { connectVCenterObject } from '../manager/vcenter-object';
import type { VCenterSettings } from '../settings/environment';
import { Logger } from '../telemetry/logger';
import type { CommandFlags } from './command-flags';

export interface VCenterReader {
  readonly name: string;
  /** Of that of the environment. */
  readonly host?: string;
  /** By which marks name this cluster there. Undefined: the UID of kube-system. */
  readonly clusterId: string | undefined;
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
  readonly inventory: Inventory;
  readonly calls: Pick<
    VimClient,
    | 'readRecentTasks'
    | 'readCloneTargets'
    | 'readVirtualMachine'
    | 'readMachineShapes'
    | 'readCloneSource'
    | 'readPrivileges'
  >;
  readonly status: ConnectionStatus;
  /** Undefined until the first login. */
  readonly userName: string | undefined;
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  onInventoryChange: VCenterConnection['onInventoryChange'];
  /** Resolves when the inventory is complete. Rejects with VCenterUnavailable at the first failure, or when it takes too long. */
  ready(timeoutMs: number, signal: AbortSignal): Promise<About>;
  /** Logs out. */
  close(): Promise<void>;
}

/** The inventory could not be read. */
export class VCenterUnavailable extends Error {
  override readonly name = 'VCenterUnavailable';
  readonly code: string;

  constructor({ code, message }: Pick<VsphereFailure, 'code' | 'message'>) {
    super(message);
    this.code = code;
  }
}

interface ReadVCenterOptions {
  /** Of the command, if it reads several vCenters. Default: of this connection. */
  readonly refusedLogins?: RefusedLogins;
  readonly flags: Pick<CommandFlags, 'vsphereTransport' | 'tenants'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** The dispatcher gets no work, so its size does not matter. */
const NO_TASKS = { maxConcurrentTasks: 1 };

/** The vCenter of the environment. Connects at once; failures show in `status` and by `ready`. */
export function readVCenter(options: ReadVCenterOptions & { readonly vcenter: VCenterSettings }): VCenterReader {
  const { vcenter, clock } = options;
  const registered = connectImplicitVCenter(connectOptions(options));
  return readerOf(registered, `${vcenter.host}:${vcenter.port}`, clock);
}

/** That of a VCenter object. Throws a VsphereError for a proxy that cannot be used. */
export function readVCenterObject(
  options: ReadVCenterOptions & {
    readonly vcenter: VCenter;
    readonly credentials: CredentialsProvider;
    /** For HTTPS_PROXY and NO_PROXY. */
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
): VCenterReader {
  const { vcenter, credentials, clock, flags } = options;
  const connection = connectVCenterObject(vcenter, credentials, connectOptions(options));
  const { host, port } = vcenter.spec.endpoint;
  return readerOf({ ...registrationOf(vcenter, flags.tenants), connection }, `${host}:${port ?? 443}`, clock);
}

function connectOptions<T extends ReadVCenterOptions>(options: T) {
  const { clock, random, refusedLogins = new RefusedLogins(clock, random) } = options;
  return { ...options, refusedLogins, flags: { ...options.flags, ...NO_TASKS } };
}

function readerOf(
  { name, host, clusterId, defaultFolder, tenants, connection }: RegisteredVCenter,
  server: string,
  clock: Clock,
): VCenterReader {
  const stop = new AbortController();
  const ended = connection.run(stop.signal);
  return {
    name,
    ...(host !== undefined && { host }),
    clusterId,
    defaultFolder,
    tenants,
    inventory: connection.inventory,
    calls: {
      readCloneTargets: (source, since, call) => connection.calls.readCloneTargets(source, since, call),
      readRecentTasks: (call) => connection.calls.readRecentTasks(call),
      readVirtualMachine: (machine, call) => connection.calls.readVirtualMachine(machine, call),
      readMachineShapes: (machines, call) => connection.calls.readMachineShapes(machines, call),
      readCloneSource: (source, call) => connection.calls.readCloneSource(source, call),
      readPrivileges: (objects, call) => connection.calls.readPrivileges(objects, call),
    },
    get status() {
      return connection.status;
    },
    get userName() {
      return connection.userName;
    },
    onStatus: (listener) => connection.onStatus(listener),
    onInventoryChange: (listener) => connection.onInventoryChange(listener),
    ready: (timeoutMs, signal) => whenReady(connection, server, clock, timeoutMs, signal),
    close: async () => {
      stop.abort(new Error('done'));
      await ended;
    },
  };
}

async function whenReady(
  connection: VCenterConnection,
  server: string,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<About> {
  const message = `the inventory of ${server} was not read completely within ${timeoutMs / 1000} s: raise --timeout`;
  const limit = deadline(clock, timeoutMs, signal, () => new VCenterUnavailable({ code: 'Timeout', message }));
  const { promise, resolve, reject } = Promise.withResolvers<About>();
  const look = (status: ConnectionStatus) => {
    if (status.kind === 'Ready') resolve(status.about);
    if (status.kind === 'Failed') reject(new VCenterUnavailable(status.error));
  };
  const onAbort = () => reject(limit.signal.reason);
  const stopListening = connection.onStatus(look);
  limit.signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (limit.signal.aborted) onAbort();
    look(connection.status);
    return await promise;
  } finally {
    stopListening();
    limit.done();
  }
}

/** A logger that writes nothing without a level. */
export function commandLogger(level: CommandFlags['logLevel'], clock: Clock, write: (line: string) => void): Logger {
  return new Logger({ level: level ?? 'error', format: 'text', clock, write: level === undefined ? () => {} : write });
}
