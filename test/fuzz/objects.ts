/** Well-formed objects of answers, as a vCenter tells them. */
import { type Element, element, reference, val } from './element';

export const MARK = 'codeconnect.uid';
export const ORDINAL = 'codeconnect.ordinal';

type Properties = Readonly<Record<string, Element>>;

function machineProperties(name: string, numCpu: number): Properties {
  return {
    name: val('xsd:string', name),
    parent: { ...val('ManagedObjectReference', 'group-1'), attributes: refAttributes('Folder') },
    'config.template': val('xsd:boolean', 'false'),
    'runtime.powerState': val('VirtualMachinePowerState', 'poweredOn'),
    'runtime.connectionState': val('VirtualMachineConnectionState', 'connected'),
    'runtime.host': { ...val('ManagedObjectReference', 'host-1'), attributes: refAttributes('HostSystem') },
    datastore: val('ArrayOfManagedObjectReference', [reference('ManagedObjectReference', 'Datastore', 'datastore-1')]),
    'config.instanceUuid': val('xsd:string', `5000-${name}`),
    'config.hardware.numCPU': val('xsd:int', String(numCpu)),
    'config.hardware.memoryMB': val('xsd:int', '1024'),
    'config.changeVersion': val('xsd:string', `v${numCpu}`),
    [`config.extraConfig["${MARK}"].value`]: val('xsd:string', 'U'),
    [`config.extraConfig["${ORDINAL}"].value`]: val('xsd:string', '1'),
  };
}

const DETAILS: Properties = {
  'guest.toolsRunningStatus': val('xsd:string', 'guestToolsRunning'),
  'guest.net': val('ArrayOfGuestNicInfo', [element('GuestNicInfo', [element('ipAddress', '192.0.2.1')])]),
  'guest.ipAddress': val('xsd:string', '192.0.2.1'),
  'config.memoryHotAddEnabled': val('xsd:boolean', 'true'),
  'config.hotPlugMemoryLimit': val('xsd:long', '65536'),
  'config.createDate': val('xsd:dateTime', '2026-01-01T00:00:00Z'),
  'config.changeVersion': val('xsd:string', 'v1'),
};

const TASK: Properties = {
  info: val('TaskInfo', [
    element('key', 'task-1'),
    reference('task', 'Task', 'task-1'),
    element('descriptionId', 'VirtualMachine.clone'),
    reference('entity', 'VirtualMachine', 'vm-1'),
    element('state', 'error'),
    element('cancelled', 'false'),
    element('error', [
      element('fault', [element('datastore', 'ds')], { 'xsi:type': 'NoDiskSpace' }),
      element('localizedMessage', 'full'),
    ]),
    element('result', 'vm-2', { 'xsi:type': 'ManagedObjectReference', type: 'VirtualMachine' }),
    element('progress', '40'),
    element('reason', [element('userName', 'u')], { 'xsi:type': 'TaskReasonUser' }),
  ]),
};

const FOLDER: Properties = {
  name: val('xsd:string', 'group'),
  parent: { ...val('ManagedObjectReference', 'group-0'), attributes: refAttributes('Folder') },
};

function refAttributes(type: string): Readonly<Record<string, string>> {
  return { 'xsi:type': 'ManagedObjectReference', type };
}

const MISSING = element('missingSet', [
  element('path', 'config.annotation'),
  element('fault', [
    element('fault', [reference('object', 'VirtualMachine', 'vm-1'), element('privilegeId', 'System.Read')], {
      'xsi:type': 'NoPermission',
    }),
    element('localizedMessage', 'Permission to perform this operation was denied.'),
  ]),
]);

export type Kind = 'enter' | 'modify';

function updateOf(kind: Kind, type: string, value: string, properties: Properties): Element {
  const changes = Object.entries(properties).map(([name, told]) =>
    element('changeSet', [element('name', name), element('op', 'assign'), told]),
  );
  return element('objectSet', [element('kind', kind), reference('obj', type, value), ...changes, MISSING]);
}

export function machineUpdate(kind: Kind, value: string, numCpu: number): Element {
  const changes = updateOf(kind, 'VirtualMachine', value, machineProperties(value, numCpu));
  return { ...changes, content: (changes.content as readonly Element[]).filter(({ tag }) => tag !== 'missingSet') };
}

/** Objects to damage, by the filter that tells them. */
export const DAMAGEABLE: readonly { readonly filter: 1 | 2 | 3 | 4; readonly objects: readonly Element[] }[] = [
  {
    filter: 1,
    objects: [
      updateOf('enter', 'VirtualMachine', 'vm-b', machineProperties('b', 2)),
      updateOf('modify', 'VirtualMachine', 'vm-b', machineProperties('b', 3)),
    ],
  },
  {
    filter: 2,
    objects: [updateOf('enter', 'Folder', 'group-b', FOLDER), updateOf('modify', 'Folder', 'group-b', FOLDER)],
  },
  { filter: 3, objects: [updateOf('enter', 'Task', 'task-1', TASK), updateOf('modify', 'Task', 'task-1', TASK)] },
  { filter: 4, objects: [updateOf('enter', 'VirtualMachine', 'vm-b', DETAILS)] },
];

export function machineRead(value: string, numCpu: number): Element {
  const properties = Object.entries(machineProperties(value, numCpu)).map(([name, told]) =>
    element('propSet', [element('name', name), told]),
  );
  return element('objects', [reference('obj', 'VirtualMachine', value), ...properties]);
}

export function machineReadWithMissing(value: string, numCpu: number): Element {
  const read = machineRead(value, numCpu);
  return { ...read, content: [...(read.content as readonly Element[]), MISSING] };
}
