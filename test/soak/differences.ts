/** What vCenter and the API server have that the groups do not ask for, or lack. */
import type { SoakWorld } from './soak-world';
import { GROUPS_URL, type Wishes } from './user-churn';

interface StoredGroup {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly powerState?: string };
  readonly status?: { readonly phase?: string; readonly lastMessage?: string };
}

export async function differences(world: SoakWorld, wishes: Wishes): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(60_000);
  const { items } = JSON.parse(await world.ask('GET', GROUPS_URL)) as { readonly items: readonly StoredGroup[] };
  const machines = (await world.vcenter.machines(signal)).filter(
    ({ group, isTemplate }) => group !== undefined && !isTemplate,
  );
  const found: string[] = [];
  for (const { metadata, status } of items) {
    const wish = wishes.get(metadata.name);
    const wanted = wish?.powerState === 'PoweredOff' ? 'STOPPED' : 'RUNNING';
    if (wish === undefined) found.push(`${metadata.name} was deleted and is there`);
    else if (status?.phase !== wanted && wish.replicas > 0)
      found.push(`${metadata.name} is ${status?.phase}, not ${wanted}: ${status?.lastMessage}`);
  }
  for (const [name, { replicas, cpu, powerState }] of wishes) {
    if (!items.some(({ metadata }) => metadata.name === name)) found.push(`${name} is not there`);
    const own = machines.filter(({ group }) => group === `default/${name}`);
    if (own.length !== replicas) found.push(`${name} has ${own.length} machines, not ${replicas}`);
    for (const machine of own) {
      if (machine.numCpu !== cpu) found.push(`${machine.name} of ${name} has ${machine.numCpu} CPUs, not ${cpu}`);
      const power = powerState === 'PoweredOn' ? 'poweredOn' : 'poweredOff';
      if (machine.powerState !== power) found.push(`${machine.name} of ${name} is ${machine.powerState}, not ${power}`);
    }
  }
  const known = new Set([...wishes.keys()].map((name) => `default/${name}`));
  for (const { name, group = '' } of machines) if (!known.has(group)) found.push(`${name} of ${group} is left`);
  const folders = new Set(items.map(({ metadata }) => `default.${metadata.name}`));
  for (const { name } of await world.vcenter.folders(signal))
    if (name.startsWith('default.soak-') && !folders.has(name)) found.push(`the folder ${name} is left`);
  return found;
}
