import type { Slot } from '../../api/identity';
import {
  type CallContext,
  type ManagedObjectReference,
  type RecentTask,
  sameRef,
  type VimClient,
} from '../../vsphere/port';
import type { InFlightOperation } from '../model/in-flight';
import { ActError } from './act-error';
import { type FormerMachinesContext, findFormerMachines } from './former-machines';
import { isOurs } from './prove-gone';

export interface SettleContext extends FormerMachinesContext {
  readonly calls: Pick<VimClient, 'readRecentTasks' | 'findByInstanceUuid' | 'readVirtualMachine'>;
  inFlight(key: string): InFlightOperation | undefined;
  /** Whether the inventory has the object. */
  isShown(object: ManagedObjectReference): boolean;
  /** Whether this process started the running task itself. */
  isClaimed(task: ManagedObjectReference): boolean;
  settled(key: string, verdict: SettleVerdict): void;
}

/**
 * - NotShown: it happened, but nothing tells the inventory of the machine, such as after the account may see it again.
 * - NotVisible: the account may not see the machine of the slot. It is known by its reference, and holds the slot.
 */
export type SettleVerdict = 'Happened' | 'NotShown' | 'DidNotHappen' | 'StillRunning' | 'NotVisible';

/** Finds out by a live read what happened to an operation without a known end. It is never repeated blindly (R2). */
export async function settle(key: string, context: SettleContext, call: CallContext): Promise<void> {
  const sent = context.inFlight(key);
  if (sent === undefined) return;
  if (sent.slot !== undefined && sent.operation === 'Clone') {
    context.settled(key, await cloneFate(sent.slot, sent.template, context, call));
    return;
  }
  if (sent.machine !== undefined && sent.operation === 'Adopt') {
    context.settled(key, await adoptionFate(sent.machine, context, call));
    return;
  }
  // Any other operation can be repeated safely: the next plan starts from what the inventory shows.
  context.settled(key, 'DidNotHappen');
}

async function cloneFate(
  slot: Slot,
  template: ManagedObjectReference | undefined,
  context: SettleContext,
  call: CallContext,
): Promise<SettleVerdict> {
  // Order matters: a clone that ends between the two reads is found by the second.
  const tasks = await context.calls.readRecentTasks(call);
  // A claimed task is the clone of another slot. A clone of another template cannot be ours either, so it holds nothing
  // back (R9).
  const running = tasks.some(
    ({ ref, state, descriptionId, entity }) =>
      isUnderWay(state) &&
      isClone(descriptionId) &&
      !context.isClaimed(ref) &&
      (template === undefined || entity === undefined || sameRef(entity, template)),
  );
  try {
    const { there } = await findFormerMachines(slot, context, call);
    if (there.length > 0) return there.some(({ ref }) => context.isShown(ref)) ? 'Happened' : 'NotShown';
  } catch (error) {
    if (!(error instanceof ActError) || error.code !== 'NotVisible') throw error;
    return 'NotVisible';
  }
  return running ? 'StillRunning' : 'DidNotHappen';
}

/**
 * A machine that was adopted after all holds its slot. The inventory may show that later than the adoption is looked into,
 * and its instanceUuid is its own, so no search for the slot finds it.
 */
async function adoptionFate(
  machine: ManagedObjectReference,
  context: SettleContext,
  call: CallContext,
): Promise<SettleVerdict> {
  // Order matters, as above.
  const tasks = await context.calls.readRecentTasks(call);
  const live = await context.calls.readVirtualMachine(machine, call);
  if (live === undefined) return 'DidNotHappen';
  if (isOurs(live, context)) return 'Happened';
  const isChanged = tasks.some(
    ({ state, entity }) => isUnderWay(state) && entity !== undefined && sameRef(entity, machine),
  );
  // Whose a machine is that vCenter cannot reach, nobody knows.
  return isChanged || live.unreadable ? 'StillRunning' : 'DidNotHappen';
}

export function isUnderWay(state: RecentTask['state']): boolean {
  return state === 'running' || state === 'queued';
}

/** vCenter reports VirtualMachine.clone, the simulator VirtualMachine.cloneVm. */
export function isClone(descriptionId: string): boolean {
  return descriptionId === 'VirtualMachine.clone' || descriptionId === 'VirtualMachine.cloneVm';
}
