/** spec.extraConfig, on a real API server and the vCenter simulator. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
beforeAll(buildIfDue);

test('advanced settings come with the clone, change in place, and go with the list; others stay', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  await addNamespace(here, 'shop', 'shop');
  await addVCenter(here, 'shop', here.vcsim, { allowed: { extraConfigKeys: ['disk.*'] } });
  await here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const ids = async () => (await here.machines()).filter(({ group }) => group === 'shop/web').map(({ id }) => id);
  const until = (value: string | undefined) =>
    here.until(`disk.EnableUUID is ${value}`, async () => {
      const machines = await ids();
      const told = await Promise.all(machines.map((id) => changes.extraConfig(id, 'disk.EnableUUID')));
      return told.length === 2 && told.every((text) => text === value) ? [] : [JSON.stringify(told)];
    });
  const give = (...keys: (readonly [string, string])[]) =>
    here.applyIn('shop', 'web', { replicas: 2, extraConfig: keys.map(([key, value]) => ({ key, value })) });

  await give(['disk.EnableUUID', 'TRUE']);
  await until('TRUE');
  const before = await ids();
  const [first = ''] = before;
  await changes.setExtraConfig(first, { 'disk.mine': 'kept' });

  await give(['disk.EnableUUID', 'FALSE']);
  await until('FALSE');

  await give(['disk.EnableUUID', 'TRUE'], ['svga.present', 'TRUE']);
  await here.until('the refusal', async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json'));
    const { message = '' } = status.conditions.find(({ type }: { type: string }) => type === 'PlacementReady') ?? {};
    return message.includes('"svga.present", which is not allowed by VCenter shop') ? [] : [message];
  });
  await until('FALSE');

  await give();
  await until(undefined);
  expect(await changes.extraConfig(first, 'codeconnect.extraConfig')).toBeUndefined();
  expect(await changes.extraConfig(first, 'disk.mine')).toBe('kept');
  expect(await ids()).toEqual(before);
  await here.until('a status without settings', async () => {
    const told = await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'jsonpath={.status.extraConfigGiven}');
    return told === '' ? [] : [told];
  });
});
