/** What vCenter asks of a machine, or of a request, before it does anything. */
import type { ManagedObjectReference, PowerState } from '../../../src/vsphere/port';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import { ModelFault } from './model-fault';
import type { ModelMachine } from './objects';

/** The number of virtual CPUs must be a multiple of the cores per socket. */
export function requireWholeSockets({ numCpu, coresPerSocket }: Pick<ModelMachine, 'numCpu' | 'coresPerSocket'>): void {
  if (numCpu % coresPerSocket !== 0) throw new ModelFault('InvalidArgument', { invalidProperty: 'configSpec.numCPUs' });
}

/** Hot-add settings can only be set while a machine is off, whether they differ or not; the cores per socket likewise. */
export function requireOffForHardware(machine: ModelMachine, spec: ParametersOf<'ReconfigVM_Task'>['spec']): void {
  const { cpuHotAddEnabled, memoryHotAddEnabled, numCoresPerSocket = machine.coresPerSocket } = spec;
  const isHardware =
    cpuHotAddEnabled !== undefined || memoryHotAddEnabled !== undefined || numCoresPerSocket !== machine.coresPerSocket;
  if (isHardware) requirePower(machine, 'poweredOff');
}

/** A change that names a version is refused if the machine has another one by now. */
export function requireVersion({ changes }: ModelMachine, wanted: string | undefined): void {
  if (wanted !== undefined && wanted !== String(changes)) throw new ModelFault('ConcurrentAccess');
}

/** A suspended machine can be powered on and off. */
export function requireOtherPower(machine: ModelMachine, wanted: PowerState): void {
  if (machine.powerState !== wanted) return;
  throw new ModelFault('InvalidPowerState', { existingState: machine.powerState, requestedState: wanted });
}

export function requirePower(machine: ModelMachine, state: PowerState): void {
  if (machine.powerState === state) return;
  throw new ModelFault('InvalidPowerState', { existingState: machine.powerState, requestedState: state });
}

/** Only the caller of RecommendDatastores may give a StoragePod. */
export function requireDatastore(datastore: ManagedObjectReference | undefined): void {
  if (datastore !== undefined && datastore.type !== 'Datastore')
    throw new ModelFault('InvalidArgument', { invalidProperty: 'spec.location.datastore' });
}
