import type { Installation } from './installation';

const within = () => AbortSignal.timeout(30_000);

/** Changes of a machine by its guest or by a person. In the simulator the keys SET.* of extraConfig set properties. */
export class MachineChanges {
  constructor(private readonly here: Installation) {}

  async setToolsRunning(machineId: string): Promise<void> {
    await this.setExtraConfig(machineId, { 'SET.guest.toolsRunningStatus': 'guestToolsRunning' });
  }

  /** As vCenter reports it while it cannot read the machine's files: inaccessible, orphaned or invalid; or connected. */
  async setConnection(machineId: string, state: string): Promise<void> {
    await this.setExtraConfig(machineId, { 'SET.runtime.connectionState': state });
  }

  async setAddress(machineId: string, address: string): Promise<void> {
    await this.setExtraConfig(machineId, { 'SET.guest.ipAddress': address });
  }

  async setExtraConfig(machineId: string, values: Readonly<Record<string, string | boolean>>): Promise<void> {
    await this.reconfigure(machineId, extraConfigXml(values));
  }

  async reconfigure(machineId: string, specXml: string): Promise<void> {
    const spec = `<spec>${specXml}</spec>`;
    await this.here.vcenter.invoke('ReconfigVM_Task', 'VirtualMachine', machineId, spec, within());
  }

  async extraConfig(machineId: string, key: string): Promise<string | undefined> {
    const path = `config.extraConfig["${key}"].value`;
    return (await this.here.vcenter.property('VirtualMachine', machineId, path, within()))?.text;
  }

  /** Defines a custom attribute, for one type of object or for all. Resolves with its key. */
  async defineAttribute(name: string, type?: string): Promise<string> {
    const parameters = `<name>${name}</name>${type === undefined ? '' : `<moType>${type}</moType>`}`;
    const [manager, id] = ['CustomFieldsManager', 'CustomFieldsManager'];
    const definition = await this.here.vcenter.invoke('AddCustomFieldDef', manager, id, parameters, within());
    return /^\d+/.exec(definition)?.[0] ?? '';
  }

  async setAttribute(machineId: string, key: string, value: string): Promise<void> {
    const parameters = `<entity type="VirtualMachine">${machineId}</entity><key>${key}</key><value>${value}</value>`;
    await this.here.vcenter.invoke('SetField', 'CustomFieldsManager', 'CustomFieldsManager', parameters, within());
  }

  /** The custom attributes of a machine that have a value, by the key of their definition. */
  async attributes(machineId: string): Promise<Readonly<Record<string, string>>> {
    const all = await this.here.vcenter.property('VirtualMachine', machineId, 'customValue', within());
    const entries = (all?.findAll('CustomFieldValue') ?? []).map((value): [string, string] => [
      value.find('key')?.text ?? '',
      value.find('value')?.text ?? '',
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== ''));
  }

  async move(machineId: string, folderId: string): Promise<void> {
    const list = `<list type="VirtualMachine">${machineId}</list>`;
    await this.here.vcenter.invoke('MoveIntoFolder_Task', 'Folder', folderId, list, within());
  }

  createFolder(parentId: string, name: string): Promise<string> {
    return this.here.vcenter.invoke('CreateFolder', 'Folder', parentId, `<name>${name}</name>`, within());
  }
}

export function extraConfigXml(values: Readonly<Record<string, string | boolean>>): string {
  return Object.entries(values)
    .map(
      ([key, value]) =>
        `<extraConfig xsi:type="OptionValue"><key>${key}</key>` +
        `<value xmlns:xsd="http://www.w3.org/2001/XMLSchema" xsi:type="xsd:${typeof value}">${value}</value></extraConfig>`,
    )
    .join('');
}
