import { expect, inject, test } from 'vitest';
import { Installation } from './installation';
import { storePastTheSchema } from './past-the-schema';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const GOOD = { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template' };

test('R14: groups stored past the schema harm only themselves, and can be deleted', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('neighbour', GOOD);
  await here.apply('changed', GOOD);
  for (const name of ['neighbour', 'changed']) await here.untilRunning(name, 1);
  const invalid: Readonly<Record<string, readonly [object, string]>> = {
    many: [{ ...GOOD, replicas: 50_000_000 }, 'spec.replicas is 50000000: give at most 500'],
    texts: [{ ...GOOD, networks: 'x' }, 'spec.networks is "x": give a value of type array'],
    surge: [{ ...GOOD, updateStrategy: { rollingUpdate: { maxSurge: 'abc' } } }, 'maxSurge is "abc"'],
    bare: [{ cpu: 1 }, 'spec.memory is missing: give it a value'],
    changed: [{ ...GOOD, memory: 'much' }, 'spec.memory is "much": give a whole number'],
  };
  await storePastTheSchema(here, Object.fromEntries(Object.entries(invalid).map(([name, [spec]]) => [name, spec])));

  for (const [name, [, problem]] of Object.entries(invalid)) {
    await here.until(`${name} says what is wrong`, async () => {
      const stalled = `jsonpath={.status.phase} {.status.conditions[?(@.type=="Stalled")].reason} {.status.lastMessage}`;
      const said = await here.run('get', 'vg', name, '-o', stalled);
      return said.startsWith('ERROR InvalidSpec ') && said.includes(problem) ? [] : [said];
    });
  }
  const [machine] = await here.machinesOf('changed');
  if (machine === undefined) throw new Error('changed has no machine');
  await here.vcenter.powerOff(machine.id, forever);
  await here.run('scale', 'vg', 'neighbour', '--replicas=3');
  await here.untilRunning('neighbour', 3);
  expect(await here.machinesOf('changed')).toEqual([{ ...machine, powerState: 'poweredOff' }]);
  for (const name of ['many', 'texts', 'surge', 'bare']) expect(await here.machinesOf(name)).toEqual([]);

  await here.run('delete', 'vg', '--wait=false', ...Object.keys(invalid));
  for (const name of Object.keys(invalid)) await here.untilGone(name);
  expect(await here.machinesOf('changed')).toEqual([]);
  await here.untilRunning('neighbour', 3);
});
