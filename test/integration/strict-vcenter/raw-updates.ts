import { pathSet, type RawSession, ref } from './raw-session';

const COLLECTOR = 'PropertyCollector:propertyCollector';

/** Makes a filter for properties of one object. */
export async function watched(session: RawSession, target: string, paths: readonly string[]): Promise<void> {
  const [type = ''] = target.split(':');
  const spec = `<spec><propSet><type>${type}</type>${pathSet(paths)}</propSet><objectSet>${ref('obj', target)}</objectSet></spec>`;
  await session.call('CreateFilter', COLLECTOR, `${spec}<partialUpdates>false</partialUpdates>`);
}

/** The changes of the next update as "path op value"; the first one has version ''. */
export async function nextUpdate(session: RawSession, version: '' | '-'): Promise<readonly string[]> {
  const wait = `<version>${version}</version><options><maxWaitSeconds>10</maxWaitSeconds></options>`;
  const { root } = await session.call('WaitForUpdatesEx', COLLECTOR, wait);
  return root.findAll('changeSet').map((change) => {
    const op = change.find('op')?.text;
    return `${change.find('name')?.text} ${op} ${change.find('val')?.text ?? 'unset'}`;
  });
}
