/** What planning on one vCenter needs, read once for all of its groups. */
import { ConditionReason } from '../../../api/reasons';
import { type Clock, deadline } from '../../../time/clock';
import { UnclaimedClones } from '../../../vmgroup/act/unclaimed-clones';
import type { VCenterView } from '../../../vmgroup/model/observation';
import { vcenterForPeople } from '../../../vmgroup/model/vcenter-name';
import { type CountedElsewhere, MachineUsage } from '../../../vmgroup/observe/machine-usage';
import { viewVCenter } from '../../../vmgroup/observe/vcenter-view';
import { type VCenterReader, VCenterUnavailable } from '../reading';
import { PromisedMachines } from './promised-machines';
import { StreamRoom } from './stream-room';

export interface ReadyVCenter {
  readonly kind: 'Ready';
  readonly reader: VCenterReader;
  readonly instanceUuid: string;
  readonly clusterId: string;
  readonly clones: UnclaimedClones;
  readonly room: StreamRoom;
  readonly promised: PromisedMachines;
}

export type PlannedVCenter = ReadyVCenter | Extract<VCenterView, { readonly kind: 'Unavailable' }>;

/** `uid`: of kube-system. `elsewhere`: what other VCenters count. Rejects with VCenterUnavailable. */
export async function readyVCenter(
  reader: VCenterReader,
  uid: string,
  elsewhere: CountedElsewhere | undefined,
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
  signal: AbortSignal,
): Promise<ReadyVCenter> {
  const { instanceUuid } = await reader.ready(timeoutMs, signal);
  const clones = await readUnclaimedClones(reader, clock, timeoutMs, signal);
  const clusterId = reader.clusterId ?? uid;
  const usage = new MachineUsage(reader, clusterId, elsewhere);
  const room = new StreamRoom(usage, reader.tenants.limits, { clock, signal });
  return { kind: 'Ready', reader, instanceUuid, clusterId, clones, room, promised: new PromisedMachines() };
}

/** As the status of a group would tell it. */
export function unavailable(
  reader: Pick<VCenterReader, 'name' | 'host' | 'status'>,
  error: VCenterUnavailable,
  clock: Clock,
): PlannedVCenter {
  const now = { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  const { name, host } = reader;
  const vcenter = { name, ...(host !== undefined && { host }), connection: reader };
  const { view } = viewVCenter({ kind: 'Selected', vcenter }, now);
  if (reader.status.kind === 'Failed' && view.kind === 'Unavailable') return view;
  return unreachable(name, error.message, vcenterForPeople(reader));
}

export function unreachable(name: string, message: string, forPeople = name): PlannedVCenter {
  const reason = ConditionReason.Unreachable;
  return {
    kind: 'Unavailable',
    name,
    reason,
    message: `vCenter ${forPeople}: ${message}`,
    needsUser: true,
    reconnecting: false,
  };
}

/** Of a group that belongs to no vCenter. */
export function nowhere({ reason, message }: { readonly reason: string; readonly message: string }): PlannedVCenter {
  return { kind: 'Unavailable', name: '', reason, message, needsUser: true, reconnecting: false };
}

/** Clones that our account has started, such as those of the operator itself: they hold back groups of their template. */
async function readUnclaimedClones(
  reader: VCenterReader,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<UnclaimedClones> {
  const message = `the recent tasks of vCenter were not read within ${timeoutMs / 1000} s: raise --timeout`;
  const limit = deadline(clock, timeoutMs, signal, () => new VCenterUnavailable({ code: 'Timeout', message }));
  const enough = new AbortController();
  const clones = new UnclaimedClones(reader, clock, () => enough.abort(new Error('read once')));
  await clones.run(AbortSignal.any([limit.signal, enough.signal]));
  limit.done();
  if (!enough.signal.aborted) limit.signal.throwIfAborted();
  return clones;
}
