/** Static addresses, on a real API server and the vCenter simulator. */
import { gunzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');

/** The addresses in the metadata of each machine, by its ordinal. */
async function given(
  here: Installation,
): Promise<ReadonlyMap<string, { readonly id: string; readonly address: string }>> {
  const changes = new MachineChanges(here);
  const found = new Map<string, { readonly id: string; readonly address: string }>();
  for (const { id } of await here.machinesOf('web')) {
    const encoded = (await changes.extraConfig(id, 'guestinfo.metadata')) ?? '';
    const { network } = parse(gunzipSync(Buffer.from(encoded, 'base64')).toString());
    const { eth0 } = network.ethernets;
    expect(eth0).toMatchObject({
      match: { macaddress: expect.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/) },
      routes: [{ to: '0.0.0.0/0', via: '10.0.0.1' }],
    });
    found.set((await changes.extraConfig(id, 'codeconnect.ordinal')) ?? '', { id, address: eth0.addresses.join() });
  }
  return found;
}

test('replicas get the address of their ordinal, and one that gets another is replaced alone', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const networks = (...addresses: string[]) => [{ name: 'lan', network: 'VM Network', addresses, gateway: '10.0.0.1' }];
  const patch = (spec: object) => here.run('patch', 'vg', 'web', '--type', 'merge', '-p', JSON.stringify({ spec }));
  await here.apply('web', { replicas: 2, networks: networks('10.0.0.10/24', '10.0.0.11/24') });
  await here.untilRunning('web', 2);
  const before = await given(here);
  expect([...before].map(([ordinal, { address }]) => [ordinal, address]).sort()).toEqual([
    ['0', '10.0.0.10/24'],
    ['1', '10.0.0.11/24'],
  ]);

  await patch({ networks: networks('10.0.0.10/24', '10.0.0.77/24') });
  await here.until('the address of ordinal 1 changed', async () => {
    const machines = await here.machinesOf('web');
    return machines.length === 2 && !machines.some(({ id }) => id === before.get('1')?.id) ? [] : ['not yet'];
  });
  await here.untilRunning('web', 2);
  const after = await given(here);
  expect(after.get('0')).toEqual(before.get('0'));
  expect(after.get('1')?.address).toBe('10.0.0.77/24');

  await patch({ replicas: 3 });
  await here.until('a message with the remedy', async () => {
    const message = await here.run('get', 'vg', 'web', '-o', 'jsonpath={.status.lastMessage}');
    return message.includes('ordinal 2 needs entry 3: add addresses') ? [] : [message];
  });
  expect(await here.machinesOf('web')).toHaveLength(2);
  await patch({ networks: networks('10.0.0.10/24', '10.0.0.77/24', '10.0.0.12/24') });
  await here.untilRunning('web', 3);
  expect((await given(here)).get('2')?.address).toBe('10.0.0.12/24');
});
