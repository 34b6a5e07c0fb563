import type { VirtualMachine } from '../../vsphere/port';
import { nameList } from '../model/name-list';

/** What a person has to know of machines that may be the group's, and what to do. */
export function unreadableMessage(machines: readonly VirtualMachine[]): string {
  const states = [...new Set(machines.map(({ connectionState }) => connectionState))].join(', ');
  return (
    `vCenter does not tell the configuration of ${nameList(machines.map(({ name }) => name))} (${states}), so nobody can say ` +
    'whether it belongs to this group: bring its host or datastore back, or remove it from the inventory'
  );
}
