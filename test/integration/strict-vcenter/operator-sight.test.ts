/** The operator whose account loses the right to see an object. */
import { expect, inject, test } from 'vitest';
import { Installation } from '../installation';
import { ref } from './raw-session';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

/** What the operator's account may see, by the hand of the administrator. */
async function hide(here: Installation, target: string): Promise<void> {
  const permission = `<permission><principal>${here.vcsim.user}</principal><group>false</group><roleId>-5</roleId><propagate>true</propagate></permission>`;
  await onManager(here, 'SetEntityPermissions', `${ref('entity', target)}${permission}`);
}

async function show(here: Installation, target: string): Promise<void> {
  const account = `<user>${here.vcsim.user}</user><isGroup>false</isGroup>`;
  await onManager(here, 'RemoveEntityPermission', `${ref('entity', target)}${account}`);
}

async function onManager(here: Installation, method: string, parameters: string): Promise<void> {
  await here.vcenter.invoke(method, 'AuthorizationManager', 'AuthorizationManager', parameters, within());
}

async function running(replicas: number, hiddenObjectsLeave: boolean) {
  const here = await Installation.start(binaries, { strict: { hiddenObjectsLeave } });
  const operator = await here.operator();
  await here.apply('web', { replicas });
  await here.untilRunning('web', replicas);
  const machine = (await here.machinesOf('web'))[0]?.id ?? '';
  return { here, operator, machine: `VirtualMachine:${machine}`, folder: `Folder:${await here.folder('default.web')}` };
}

const CASES = [
  ['machine', 'of which no filter tells'],
  ['machine', 'which leaves its filters'],
  ['folder', 'which leaves its filters'],
] as const;

async function untilTold(here: Installation, what: string): Promise<void> {
  await here.until(`the status tells: ${what}`, async () => {
    const text = JSON.stringify((await here.group('web'))?.status ?? {});
    return text.includes(what) ? [] : [text];
  });
}

test.each(CASES)(
  'R1, R7: a deletion waits while the account does not see the %s, %s, and ends when it sees it',
  async (which, when) => {
    const { here, ...objects } = await running(1, when === 'which leaves its filters');
    await hide(here, objects[which]);
    await expect(here.run('delete', 'vg', 'web', '--timeout=10s')).rejects.toThrow('timed out');
    expect(await here.machinesOf('web')).toHaveLength(1);
    await untilTold(here, 'System.View');
    await show(here, objects[which]);
    await here.run('annotate', 'vg', 'web', 'vm.codeconnect.vmworld.com/retry=1');
    await here.untilGone('web');
    expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  },
);

test.each(CASES)(
  'R2: an operator that starts while the account does not see the %s, %s makes no machine in the place of one',
  async (which, when) => {
    const { here, operator, ...objects } = await running(2, when === 'which leaves its filters');
    await hide(here, objects[which]);
    await operator.stop();
    await here.operator();
    await here.run('scale', 'vg', 'web', '--replicas=3');
    await untilTold(here, 'System.View');
    const before = (await here.machinesOf('web')).map(({ id }) => id);
    await show(here, objects[which]);
    await here.run('annotate', 'vg', 'web', 'vm.codeconnect.vmworld.com/retry=1');
    await here.untilRunning('web', 3);
    expect((await here.machinesOf('web')).map(({ id }) => id)).toEqual(expect.arrayContaining(before));
  },
);
