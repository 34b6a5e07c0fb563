/** spec.guest.customizationSpec, on a real API server and the specifications that the vCenter simulator has. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
beforeAll(buildIfDue);

const guest = (name: string) => ({ customizationSpec: { name } });
const lan = (...addresses: string[]) => [{ name: 'lan', network: 'VM Network', addresses, gateway: '10.0.0.1' }];

/** What the guest of each machine reports, in the order of the ordinals. */
async function guestsOf(here: Installation, namespace: string, name: string) {
  const { status = {} } = JSON.parse(await here.run('get', 'vg', name, '-n', namespace, '-o', 'json'));
  const replicas: readonly { moRef?: string; hostname: string }[] = status.replicas ?? [];
  const property = async (id: string, path: string) =>
    (await here.vcenter.property('VirtualMachine', id, path, AbortSignal.timeout(10_000)))?.text;
  return Promise.all(
    replicas.map(async ({ moRef = '', hostname }) => ({
      asked: hostname,
      hostName: await property(moRef, 'guest.hostName'),
      address: await property(moRef, 'guest.ipAddress'),
    })),
  );
}

test('guests get their host names and static addresses by a stored specification, and another one rolls', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const networks = lan('10.0.0.10/24', '10.0.0.11/24');
  await here.apply('web', { replicas: 2, guest: guest('vcsim-linux-static'), networks });
  await here.untilRunning('web', 2);
  const guests = await guestsOf(here, 'default', 'web');
  expect(guests.map(({ address }) => address)).toEqual(['10.0.0.10', '10.0.0.11']);
  for (const { asked, hostName } of guests) {
    expect(asked).toMatch(/^web-[a-z]{8}$/);
    expect(hostName).toBe(asked);
  }
  const before = (await here.machinesOf('web')).map(({ id }) => id);

  await here.apply('web', { replicas: 2, guest: guest('vcsim-windows-domain'), networks });
  await here.until('other machines', async () => {
    const ids = (await here.machinesOf('web')).map(({ id }) => id);
    return ids.length === 2 && !ids.some((id) => before.includes(id)) ? [] : [ids.join()];
  });
  await here.untilRunning('web', 2);
  const after = await guestsOf(here, 'default', 'web');
  expect(after.map(({ address }) => address)).toEqual(['10.0.0.10', '10.0.0.11']);
  for (const { asked, hostName } of after) expect(hostName).toBe(asked);
});

test('a specification that is missing, does not fit or is not allowed makes no machine, and the status says why', async () => {
  const here = await Installation.start(binaries);
  await addNamespace(here, 'shop', 'shop');
  await addVCenter(here, 'shop', here.vcsim, { allowed: { customizationSpecs: ['vcsim-linux*', 'none'] } });
  await here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const until = (name: string, words: string) =>
    here.until(words, async () => {
      const told = await here.run('get', 'vg', name, '-n', 'shop', '-o', 'jsonpath={.status}');
      return told.includes(words) ? [] : [told];
    });
  await here.applyIn('shop', 'missing', { guest: guest('none') });
  await here.applyIn('shop', 'unfit', {
    guest: guest('vcsim-linux'),
    networks: [
      { name: 'a', network: 'VM Network' },
      { name: 'b', network: 'VM Network' },
    ],
  });
  await here.applyIn('shop', 'refused', { guest: guest('vcsim-windows-static') });
  await until('missing', 'customization specification \\"none\\" was not found in vCenter');
  await until('unfit', 'has settings for 1 network adapters and the replica has 2');
  await until('refused', 'is not allowed by VCenter shop, which allows \\"vcsim-linux*\\"');
  expect((await here.machines()).filter(({ group }) => group?.startsWith('shop/'))).toEqual([]);
});
