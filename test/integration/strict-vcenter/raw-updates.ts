import type { XmlElement } from '../../envtest/real-parts/xml-tree';
import { pathSet, type RawSession, ref } from './raw-session';

const COLLECTOR = 'PropertyCollector:propertyCollector';

/** Makes a filter for properties of one object. */
export async function watched(session: RawSession, target: string, paths: readonly string[]): Promise<void> {
  const [type = ''] = target.split(':');
  const spec = `<spec><propSet><type>${type}</type>${pathSet(paths)}</propSet><objectSet>${ref('obj', target)}</objectSet></spec>`;
  await session.call('CreateFilter', COLLECTOR, `${spec}<partialUpdates>false</partialUpdates>`);
}

/** Makes a filter for the names of all machines that the account sees. */
export async function watchedMachines(session: RawSession): Promise<void> {
  const root = await session.call('RetrieveServiceContent', 'ServiceInstance:ServiceInstance');
  const container = ref('container', `Folder:${root.root.find('rootFolder')?.text}`);
  const of = '<type>VirtualMachine</type><recursive>true</recursive>';
  const { value } = await session.call('CreateContainerView', 'ViewManager:ViewManager', container + of);
  const traversal = '<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet>';
  const objects = `<objectSet>${ref('obj', `ContainerView:${value}`)}<skip>true</skip>${traversal}</objectSet>`;
  const spec = `<spec><propSet><type>VirtualMachine</type>${pathSet(['name'])}</propSet>${objects}</spec>`;
  await session.call('CreateFilter', COLLECTOR, `${spec}<partialUpdates>false</partialUpdates>`);
}

/** The changes of the next update as "path op value"; the first one has version ''. */
export async function nextUpdate(session: RawSession, version: '' | '-'): Promise<readonly string[]> {
  return (await next(session, version)).findAll('changeSet').map((change) => {
    const op = change.find('op')?.text;
    return `${change.find('name')?.text} ${op} ${change.find('val')?.text ?? 'unset'}`;
  });
}

/** The objects of the next update as "kind TYPE:ID". */
export async function nextObjects(session: RawSession, version: '' | '-'): Promise<readonly string[]> {
  return (await next(session, version)).findAll('objectSet').map((update) => {
    return `${update.find('kind')?.text} VirtualMachine:${update.find('obj')?.text}`;
  });
}

async function next(session: RawSession, version: '' | '-'): Promise<XmlElement> {
  const wait = `<version>${version}</version><options><maxWaitSeconds>10</maxWaitSeconds></options>`;
  return (await session.call('WaitForUpdatesEx', COLLECTOR, wait)).root;
}
