/** Answers in the form of vCenter, for the benchmarks: machines with ten properties. */

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenc="http://schemas.xmlsoap.org/soap/encoding/" ' +
  'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" ' +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<soapenv:Body>\n';
const TAIL = '\n</soapenv:Body>\n</soapenv:Envelope>';

export function answerOf(method: string, content: string): string {
  return `${HEAD}<${method}Response xmlns="urn:vim25">${content}</${method}Response>${TAIL}`;
}

/** Ten properties of each machine, by name and typed value. */
export function machineProperties(index: number, name = `group-${index % 500}-replica-${index}`): readonly string[] {
  const folder = Math.floor(index / 20);
  return [
    value('config.changeVersion', 'xsd:string', `2026-01-01T00:00:00.${index}Z`),
    value(
      'config.extraConfig["codeconnect.uid"].value',
      'xsd:string',
      `00000000-0000-4000-8000-${String(folder).padStart(12, '0')}`,
    ),
    value('config.hardware.memoryMB', 'xsd:int', '4096'),
    value('config.hardware.numCPU', 'xsd:int', '2'),
    value('config.instanceUuid', 'xsd:string', `50000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
    value('name', 'xsd:string', name),
    `<name>datastore</name><val xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Datastore">datastore-${index % 16}</ManagedObjectReference></val>`,
    `<name>parent</name><val type="Folder" xsi:type="ManagedObjectReference">group-v${folder}</val>`,
    `<name>runtime.host</name><val type="HostSystem" xsi:type="ManagedObjectReference">host-${index % 64}</val>`,
    value('runtime.powerState', 'VirtualMachinePowerState', 'poweredOn'),
  ];
}

/** The properties that are read of our machines only: a guest with two addresses. */
export function machineDetails(index: number): readonly string[] {
  const ipAddress = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  const addresses = [ipAddress, `fe80::250:56ff:fe00:${index.toString(16)}`].map(
    (text) => `<ipAddress>${text}</ipAddress>`,
  );
  return [
    value('guest.toolsRunningStatus', 'xsd:string', 'guestToolsRunning'),
    `<name>guest.net</name><val xsi:type="ArrayOfGuestNicInfo"><GuestNicInfo>${addresses.join('')}</GuestNicInfo></val>`,
    value('guest.ipAddress', 'xsd:string', ipAddress),
    value('config.cpuHotAddEnabled', 'xsd:boolean', 'false'),
    value('config.memoryHotAddEnabled', 'xsd:boolean', 'true'),
    value('config.hotPlugMemoryIncrementSize', 'xsd:long', '128'),
    value('config.hotPlugMemoryLimit', 'xsd:long', '65536'),
    value('config.createDate', 'xsd:dateTime', `2026-01-01T00:00:00.${index % 1000}Z`),
  ];
}

/** The answer of RetrievePropertiesEx with this many machines. */
export function machinesAnswer(machines: number, propertiesOf: (index: number) => readonly string[]): string {
  let objects = '';
  for (let index = 0; index < machines; index += 1) {
    const propSet = propertiesOf(index).map((property) => `<propSet>${property}</propSet>`);
    objects += `<objects><obj type="VirtualMachine">vm-${index}</obj>${propSet.join('')}</objects>`;
  }
  return answerOf('RetrievePropertiesEx', `<returnval>${objects}</returnval>`);
}

export interface Update {
  readonly kind: 'enter' | 'modify';
  readonly index: number;
  readonly properties: readonly string[];
}

/** An answer of WaitForUpdatesEx. */
export function updateAnswer(version: number, updates: readonly Update[], ending: 'Truncated' | 'Complete'): string {
  const objects = updates.map(({ kind, index, properties }) => {
    const changes = properties.map(
      (property) => `<changeSet>${property.replace('</name>', '</name><op>assign</op>')}</changeSet>`,
    );
    return `<objectSet><kind>${kind}</kind><obj type="VirtualMachine">vm-${index}</obj>${changes.join('')}</objectSet>`;
  });
  const filter = `<filterSet><filter type="PropertyFilter">filter-1</filter>${objects.join('')}</filterSet>`;
  const truncated = ending === 'Truncated' ? '<truncated>true</truncated>' : '';
  return answerOf('WaitForUpdatesEx', `<returnval><version>${version}</version>${filter}${truncated}</returnval>`);
}

export function value(name: string, type: string, text: string): string {
  return `<name>${name.replaceAll('"', '&quot;')}</name><val xsi:type="${type}">${text}</val>`;
}
