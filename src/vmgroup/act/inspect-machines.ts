/** What the inventory does not show of machines that spec.adopt asks for. */
import { type CallContext, refKey, sameRef, type VimClient, type VirtualMachine } from '../../vsphere/port';
import type { Inspection } from '../model/adoption-request';
import { isUnderWay } from './settle';

/** By refKey. Two reads for all of them: of their shapes, and of the recent tasks of the vCenter. */
export async function inspectMachines(
  machines: readonly VirtualMachine[],
  calls: Pick<VimClient, 'readMachineShapes' | 'readRecentTasks'>,
  atMs: number,
  call: CallContext,
): Promise<ReadonlyMap<string, Inspection>> {
  const shapes = await calls.readMachineShapes(
    machines.map(({ ref }) => ref),
    call,
  );
  const running = (await calls.readRecentTasks(call)).filter(({ state }) => isUnderWay(state));
  return new Map(
    machines.map((machine) => {
      const shape = shapes.get(machine.ref.value);
      const task = running.find(({ entity }) => sameRef(entity, machine.ref))?.descriptionId;
      const told = { ...(shape !== undefined && { shape }), ...(task !== undefined && { task }) };
      return [refKey(machine.ref), { machine, ...told, atMs }];
    }),
  );
}
