/** spec.customAttributes, on a real API server and the vCenter simulator. */
import { beforeAll, expect, inject, test } from 'vitest';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
beforeAll(buildIfDue);

test('custom attributes are given to machines, change in place, and go with the list; others stay', async () => {
  const here = await Installation.start(binaries);
  const changes = new MachineChanges(here);
  const owner = await changes.defineAttribute('owner', 'VirtualMachine');
  const stage = await changes.defineAttribute('stage');
  await changes.defineAttribute('rack', 'HostSystem');
  const operator = await here.operator();
  const ids = async () => (await here.machines()).filter(({ group }) => group === 'default/web').map(({ id }) => id);
  const until = (expected: Readonly<Record<string, string>>, count = 2) =>
    here.until(`${count} machines have ${JSON.stringify(expected)}`, async () => {
      const told = await Promise.all((await ids()).map((id) => changes.attributes(id)));
      const good = told.length === count && told.every((one) => JSON.stringify(one) === JSON.stringify(expected));
      return good ? [] : [JSON.stringify(told)];
    });
  const give = (wanted: Readonly<Record<string, string>>, replicas = 2) => {
    const customAttributes = Object.entries(wanted).map(([name, value]) => ({ name, value }));
    return here.applyIn('default', 'web', { replicas, customAttributes });
  };
  const given = () => here.run('get', 'vg', 'web', '-o', 'jsonpath={.status.customAttributesGiven}');

  await give({});
  await until({});
  const before = await ids();
  const [first = ''] = before;

  await give({ owner: 'team <web>' });
  await until({ [owner]: 'team <web>' });
  expect(await changes.extraConfig(first, 'codeconnect.customAttributes')).toContain('"keys":["owner"]');

  await give({ owner: 'team shop', stage: 'test' }, 3);
  await until({ [owner]: 'team shop', [stage]: 'test' }, 3);

  await give({ owner: 'team shop', rack: 'r1' }, 3);
  await here.until('the fault', async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
    const told = status.replicas.map(({ fault }: { fault?: { class: string; message: string } }) => fault);
    const named = /defines no custom attribute "rack" for virtual machines: define it/;
    const good =
      told.length === 3 &&
      told.every((fault: (typeof told)[0]) => fault?.class === 'NeedsUser' && named.test(fault.message));
    return good ? [] : [JSON.stringify(told)];
  });
  await until({ [owner]: 'team shop', [stage]: 'test' }, 3);

  await give({ owner: 'team shop' }, 3);
  await until({ [owner]: 'team shop' }, 3);
  await changes.setAttribute(first, stage, 'mine');

  // A process that never heard of the attributes takes them away (R7), and no others (R1).
  await operator.stop();
  await give({}, 3);
  await here.operator();
  await here.until('a status without attributes', async () => ((await given()) === '' ? [] : ['given']));
  const left = await Promise.all((await ids()).map((id) => changes.attributes(id)));
  expect(left.filter((one) => owner in one)).toEqual([]);
  expect(await changes.attributes(first)).toEqual({ [stage]: 'mine' });
  expect(await changes.extraConfig(first, 'codeconnect.customAttributes')).toBeUndefined();
});
