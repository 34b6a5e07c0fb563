/** Notes what processes do: for the story, for the tally, and for the watchers. */
import { groupFolderName } from '../../src/api/identity';
import type { ReconcileEnd } from '../../src/kubernetes';
import type { Decision } from '../../src/vmgroup/model/decision';
import type { SeenCall, VCenterModel } from '../fakes/vcenter';
import type { ApiCall } from './api-connection';
import type { ApiFaults } from './api-network';
import { type CrashPlan, crashRow } from './crash-points';
import type { CallPath, CrashPlace, OperatorProcess, ProcessWatch } from './operator-process';
import type { ProcessSet } from './process-set';
import type { Tally } from './tally';
import type { Watcher } from './watchers/watcher';
import { writtenStatus } from './written-status';

/** The part of a world that an observer writes to. */
export interface ObservedWorld {
  readonly vcenters: readonly VCenterModel[];
  readonly tally: Tally;
  readonly watchers: readonly Watcher[];
  /** Those of the whole world, and of this vCenter. */
  watchersAt(vcenter: VCenterModel): readonly Watcher[];
  readonly requests: string[];
  readonly foldersKept: Set<string>;
  readonly rulesKept: Set<string>;
  readonly processSet: Pick<ProcessSet, 'crash' | 'end'>;
  readonly isTracing: boolean;
  say(what: string): void;
  violated(what: string): void;
}

export class ProcessObserver implements ProcessWatch {
  constructor(private readonly world: ObservedWorld) {}

  callLeaves(process: OperatorProcess, call: SeenCall, { vcenter, lease }: CallPath): void {
    const { world } = this;
    const { fate, method, operationId } = call;
    if (world.isTracing && method !== 'WaitForUpdatesEx')
      world.say(`  ${process.name} ${method} ${call.self.value} ${operationId} ${fate}`);
    if (fate !== 'Arrives') world.tally.meet('fault', FATE_ROWS[fate]);
    const action = ACTION.exec(operationId)?.[1];
    if (action !== undefined) world.tally.meet('action', action);
    for (const watcher of world.watchersAt(vcenter)) watcher.callLeaves?.(process, call, lease);
  }

  callArrives(process: OperatorProcess, call: SeenCall, { vcenter, lease }: CallPath): void {
    for (const watcher of this.world.watchersAt(vcenter)) watcher.callArrives?.(process, call, lease);
  }

  requestArrives(process: OperatorProcess, call: ApiCall): void {
    const { world } = this;
    const { name, request } = call;
    world.requests.push(name);
    if (name === 'PATCH finalizers') {
      const { metadata } = request.body as { metadata?: { finalizers?: readonly string[] } };
      const isRemoval = !metadata?.finalizers?.length;
      world.tally.meet('action', isRemoval ? 'RemoveFinalizer' : 'AddFinalizer');
      if (isRemoval) this.#noteFolder(request.path);
    }
    if (name === 'POST event') this.#noteEvent(request.body);
    if (world.isTracing && request.method !== 'GET' && !name.endsWith('lease'))
      world.say(`  ${process.name} ${name} ${request.path.split('/').slice(-2).join('/')} ${summaryOf(request.body)}`);
    for (const watcher of world.watchers) watcher.requestArrives?.(process, call);
  }

  hears(process: OperatorProcess, event: unknown): void {
    for (const watcher of this.world.watchers) watcher.hears?.(process, event);
  }

  apiFault(kind: keyof ApiFaults): void {
    this.world.tally.meet('fault', `API server ${kind}`);
  }

  crashes(process: OperatorProcess, where: CrashPlace, { by }: CrashPlan): void {
    if (by !== undefined) this.world.tally.meet('disturbance', by);
    const row = typeof where === 'string' ? where : crashRow(where.call, where.moment);
    this.world.tally.meet('crash', row);
    this.world.processSet.crash(process, row);
  }

  /** An error of the API server is part of the story. Any other error is a bug. */
  reconciled(process: OperatorProcess, { key, error }: ReconcileEnd): void {
    if (error === undefined || (error instanceof Error && EXPECTED_ERRORS.has(error.name))) return;
    this.world.violated(`${process.name}: the reconcile of ${key} threw ${error}`);
  }

  logged(process: OperatorProcess, line: string): void {
    this.world.say(`  ${process.name} ${line}`);
    for (const watcher of this.world.watchers) watcher.logged?.(process, line);
  }

  decided(process: OperatorProcess, decision: Decision): void {
    for (const watcher of this.world.watchers) watcher.decided?.(process, decision);
  }

  exited(process: OperatorProcess, error: unknown): void {
    if (process.clock.isDead) return;
    this.world.say(`${process.name} has ended${error === undefined ? '' : `: ${error}`}`);
    const isLeaseLost = error instanceof Error && error.name === 'LeadershipLost';
    if (error !== undefined && !isLeaseLost) this.world.violated(`the operator ended with ${error}`);
    this.world.processSet.end(process);
  }

  /** A folder that is not empty stays when its group is removed. */
  #noteFolder(path: string): void {
    const [, namespace = '', group = ''] = /\/namespaces\/([^/]+)\/vmgroups\/([^/]+)/.exec(path) ?? [];
    const name = groupFolderName(namespace, group);
    for (const { truth } of this.world.vcenters)
      for (const entity of truth.entities.values())
        if (entity.name === name && truth.children(entity.ref).length > 0) this.world.foldersKept.add(name);
  }

  #noteEvent(body: unknown): void {
    const { reason, regarding, note } = body as {
      reason?: string;
      regarding?: { namespace: string; name: string };
      note?: string;
    };
    const [, rule] = /^the DRS rule (\S+) of cluster/.exec(reason === 'HostRuleKept' ? (note ?? '') : '') ?? [];
    if (rule !== undefined) this.world.rulesKept.add(rule);
    if (reason === 'FolderKept' && regarding !== undefined)
      this.world.foldersKept.add(groupFolderName(regarding.namespace, regarding.name));
  }
}

const ACTION =
  /^vmop-.*-(CreateFolder|Clone|Reconfigure|PowerOn|PowerOff|Shutdown|Destroy|ReleaseMarks|DestroyFolder|Settle|WriteSettings|WriteAttributes|WriteHostRules|FindStoragePolicy|Adopt|InspectMachines)-/;

/** Errors of a reconcile that come from the API server. */
const EXPECTED_ERRORS: ReadonlySet<string> = new Set(['ApiError', 'ReconcileTimeout']);

const FATE_ROWS = {
  RequestLost: 'vCenter requestLost',
  ReplyLost: 'vCenter replyLost',
  RequestLate: 'vCenter requestLate',
  Unavailable: 'vCenter unavailable',
  Down: 'vCenter down',
  Hangs: 'vCenter hangs',
} as const;

/** The body of a write, in a few words. */
function summaryOf(body: unknown): string {
  const status = writtenStatus<{ phase?: string; lastMessage?: string; observedGeneration?: number }>(body);
  const { metadata, reason, note } = body as {
    metadata?: { finalizers?: readonly string[] };
    reason?: string;
    note?: string;
  };
  if (status !== undefined) return `${status.phase} (${status.observedGeneration}) ${status.lastMessage}`;
  if (reason !== undefined) return `${reason}: ${note}`;
  return `finalizers ${metadata?.finalizers?.join(',') ?? ''}`;
}
