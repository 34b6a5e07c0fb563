import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

/**
 * The requests of a process to vCenter, in their order. A release that changes this file changes what is asked of vCenter
 * for groups that use nothing new: look at each line before `vitest -u`.
 */
const RECORDED = path.join(__dirname, '../../../test/support/golden/plain-group-requests.txt');

/** Of every connection, with or without groups. */
const OF_THE_SESSION: ReadonlySet<string> = new Set(['Login', 'WaitForUpdatesEx', 'CurrentTime']);

let world: ManagedWorld;
afterEach(() => world.end());

test('a group with few fields sends exactly the recorded requests from its creation to its deletion', async () => {
  world = await ManagedWorld.with();
  world.start('leader');
  const story: string[] = [];
  const step = async (title: string, change: () => Promise<unknown>) => {
    const before = world.vcenter.calls.length;
    await change();
    await world.clock.advance(300_000);
    const calls = world.vcenter.calls.slice(before).filter(({ method }) => !OF_THE_SESSION.has(method));
    story.push(
      `## ${title}`,
      ...calls.map(({ method, self, parameters }) => lineOf(method, self.value, parameters)),
      '',
    );
  };
  await step('the process starts', async () => {});
  await step('a group of two is created', () => world.create('web', 'default', { replicas: 2 }));
  await step('it is scaled up', () => world.change('web', { replicas: 3 }));
  await step('it gets another size', () => world.change('web', { cpu: 2, memory: 2 }));
  const networks = [{ name: 'front', network: 'DC0_DVPG0' }];
  await step('it gets another network', () => world.change('web', { networks }));
  await step('it is switched off', () => world.change('web', { powerState: 'PoweredOff' }));
  await step('it is scaled down', () => world.change('web', { replicas: 1 }));
  await step('it is deleted', () => world.users.delete('default', 'web', {}, new AbortController().signal));
  expect(world.groupMachines()).toEqual([]);
  await expect(story.join('\n')).toMatchFileSnapshot(RECORDED);
});

function lineOf(method: string, self: string, parameters: unknown): string {
  const plain = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${method} ${self} ${JSON.stringify(parameters, plain)}`;
}
