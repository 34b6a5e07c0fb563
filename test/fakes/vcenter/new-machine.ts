/** The machine that a clone makes, and how a specification sets its extraConfig. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf } from '../../../src/vsphere/vim25/methods';
import type { Quirks } from './chance';
import { type ModelMachine, SILENT_GUEST } from './objects';
import { isLinkedClone } from './snapshots';

export interface CloneOrder {
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly name: string;
  readonly spec: ParametersOf<'CloneVM_Task'>['spec'];
}

/** vCenter copies the template's extraConfig, then sets that of the spec. */
export function newMachine(
  order: CloneOrder,
  template: ModelMachine,
  ref: ManagedObjectReference,
  userName: string,
  createdWallMs: number,
  taken: Quirks['cloneHardware'],
): ModelMachine {
  const { folder, name, spec } = order;
  const { config, location } = spec;
  const isLinked = isLinkedClone(order, template);
  const machine: ModelMachine = {
    ref,
    name,
    parent: folder,
    isTemplate: spec.template,
    powerState: 'poweredOff',
    connectionState: 'connected',
    instanceUuid: config?.instanceUuid || ownInstanceUuid(ref),
    numCpu: config?.numCPUs ?? template.numCpu,
    memoryMiB: config?.memoryMB === undefined ? template.memoryMiB : Number(config.memoryMB),
    annotation: config?.annotation ?? template.annotation,
    extraConfig: new Map(template.extraConfig),
    host: location.host ?? template.host,
    resourcePool: location.pool ?? template.resourcePool,
    datastores: location.datastore === undefined ? template.datastores : [location.datastore],
    adapters: template.adapters,
    home: `[datastore-1] ${name}`,
    disks: template.disks.map(({ label, unit, capacityKiB }, index) => ({
      ...{ label, unit, capacityKiB },
      fileName: `[datastore-1] ${name}/${name}-${index}.vmdk`,
      ...(isLinked && { hasParent: true as const }),
    })),
    guest: SILENT_GUEST,
    ...hardwareOf(template, config, taken),
    createdWallMs,
    hasVAppConfig: template.hasVAppConfig && config?.vAppConfigRemoved !== true,
    changes: 1,
    madeBy: userName,
  };
  setExtraConfig(machine, config?.extraConfig);
  return machine;
}

type Config = NonNullable<CloneOrder['spec']['config']>;

/** What is dropped is as in the template, but for cores per socket that do not fit the number of CPUs. */
function hardwareOf(template: ModelMachine, config: Config | undefined, taken: Quirks['cloneHardware']) {
  const { cpuHotAddEnabled, memoryHotAddEnabled, numCoresPerSocket, numCPUs = template.numCpu } = config ?? {};
  const isTaken = taken === 'Taken';
  const mustChange = numCPUs % template.coresPerSocket !== 0;
  return {
    cpuHotAdd: (isTaken ? cpuHotAddEnabled : undefined) ?? template.cpuHotAdd,
    memoryHotAdd: (isTaken ? memoryHotAddEnabled : undefined) ?? template.memoryHotAdd,
    coresPerSocket: (isTaken || mustChange ? numCoresPerSocket : undefined) ?? template.coresPerSocket,
  };
}

/** The instanceUuid that vCenter gives if none is asked for, or if another machine has the one that is asked for. */
export function ownInstanceUuid({ value }: ManagedObjectReference): string {
  return `5000${value.replace(/\D/g, '').padStart(28, '0')}`;
}

export function setExtraConfig(machine: ModelMachine, values: readonly DataObject[] | undefined): void {
  for (const { key, value } of values ?? []) {
    if (typeof key !== 'string') continue;
    if (value === '' || value === undefined) machine.extraConfig.delete(key);
    else machine.extraConfig.set(key, String(value));
  }
}
