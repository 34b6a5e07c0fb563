/** spec.tags, on a real API server and the vCenter simulator. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';
import { addNamespace, addVCenter } from './vcenter-manifests';
import { VCenterTags } from './vcenter-tags';

const binaries = inject('binaries');
beforeAll(buildIfDue);

test('tags are given to machines, change in place, and go with the list; others stay', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  const tags = await VCenterTags.open(here.vcsim);
  const environment = await tags.category('environment', 'SINGLE', ['VirtualMachine']);
  const [live, trial] = [await tags.tag(environment, 'live'), await tags.tag(environment, 'trial')];
  const team = await tags.category('team', 'MULTIPLE');
  const [web, shop, mine] = [await tags.tag(team, 'web'), await tags.tag(team, 'shop'), await tags.tag(team, 'mine')];
  const hosts = await tags.category('rack', 'MULTIPLE', ['HostSystem']);
  await tags.tag(hosts, 'r1');
  await addNamespace(here, 'shop', 'shop');
  await addVCenter(here, 'shop', here.vcsim, { allowed: { tags: ['environment/*', 'team/*', 'rack/*'] } });
  const start = () =>
    here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const operator = await start();
  const ids = async () => (await here.machines()).filter(({ group }) => group === 'shop/web').map(({ id }) => id);
  const until = (...expected: readonly string[]) =>
    here.until(`two machines have ${expected}`, async () => {
      const told = await Promise.all((await ids()).map((id) => tags.of(id)));
      const wanted = JSON.stringify([...expected].sort());
      return told.length === 2 && told.every((one) => JSON.stringify(one) === wanted) ? [] : [JSON.stringify(told)];
    });
  const give = (...wanted: readonly string[]) => {
    const list = wanted.map((path) => ({ category: path.split('/')[0], name: path.split('/')[1] }));
    return here.applyIn('shop', 'web', { replicas: 2, tags: list });
  };
  const status = async () => JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json')).status;
  const untilFault = (reason: string, words: RegExp) =>
    here.until(reason, async () => {
      const { replicas } = await status();
      const told = replicas.map(({ fault }: { fault?: { reason: string; message: string } }) => fault);
      const isTold = (fault: (typeof told)[0]) => fault?.reason === reason && words.test(fault.message);
      return told.length === 2 && told.every(isTold) ? [] : [JSON.stringify(told)];
    });

  await give('environment/trial', 'team/web');
  await until(trial, web);
  const [first = ''] = await ids();
  expect(await changes.extraConfig(first, 'codeconnect.tags')).toContain(trial);

  // The category allows one tag: the former goes first.
  await give('environment/live', 'team/web', 'team/shop');
  await until(live, web, shop);

  await give('environment/live', 'team/absent');
  await untilFault('TagNotFound', /tag "team\/absent": vCenter has no such tag/);
  await give('environment/live', 'rack/r1');
  await untilFault('TagNotAttachable', /tag "rack\/r1": the category is not for virtual machines/);
  await give('environment/live', 'environment/trial');
  await untilFault('TagCategorySingle', /the category allows one tag per object/);
  await give('secret/x');
  await here.until('the refusal', async () => {
    const { conditions } = await status();
    const { message = '' } = conditions.find(({ type }: { type: string }) => type === 'PlacementReady') ?? {};
    return message.includes('"secret/x", which is not allowed by VCenter shop') ? [] : [message];
  });
  await until(live, web, shop);

  await give('team/web');
  await until(web);
  for (const id of await ids()) await tags.attach(id, mine);

  // A process that never heard of the tags takes them away (R7), and no others (R1).
  await operator.stop();
  await give();
  await start();
  await until(mine);
  await here.until('a status without tags', async () => ((await status()).tagsGiven === undefined ? [] : ['given']));
  expect(await changes.extraConfig(first, 'codeconnect.tags')).toBeUndefined();
});
