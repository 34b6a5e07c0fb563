/** Machines come back on real parts: what deletionPolicy Orphan has left, and what people made, is taken into a group. */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { Mark } from '../../src/api/ownership';
import type { VmGroup, VmGroupStatusCondition } from '../../src/api/vm-group';
import { accountOf, buildIfDue, manifestOf, vmOperator } from './command';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

beforeAll(buildIfDue);

const flagsFor = (pattern: string) => ({ flags: [`--adoptable-machines=${pattern}`] });

const conditionOf = async (here: Installation, type: string): Promise<VmGroupStatusCondition | undefined> => {
  const { status }: VmGroup = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
  return status?.conditions?.find((condition) => condition.type === type);
};

async function untilAdopted(here: Installation, reason: string, part = ''): Promise<void> {
  await here.until(`MachinesAdopted is ${reason}`, async () => {
    const condition = await conditionOf(here, 'MachinesAdopted');
    return condition?.reason === reason && condition.message.includes(part) ? [] : [JSON.stringify(condition ?? '')];
  });
}

/** Reasons of the events of the group since it was made. */
async function eventsOf(here: Installation): Promise<readonly string[]> {
  const uid = await here.run('get', 'vg', 'web', '-o', 'jsonpath={.metadata.uid}');
  const { items } = JSON.parse(await here.run('get', 'events', '-o', 'json'));
  const of = items.filter((event: { involvedObject: { uid?: string } }) => event.involvedObject.uid === uid.trim());
  return of.map(({ reason }: { reason: string }) => reason);
}

const machinesWithout = async (here: Installation) =>
  (await here.machines())
    .filter(({ isTemplate }) => !isTemplate)
    .map(({ id, name, instanceUuid, powerState }) => ({ id, name, instanceUuid, powerState }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Some clones of the template in a folder that a person has made. */
async function madeByHand(here: Installation, names: readonly string[]): Promise<readonly string[]> {
  const folder = await new MachineChanges(here).createFolder((await here.folder('vm')) ?? '', 'by-hand');
  const template = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
  const ids: string[] = [];
  for (const name of names) ids.push(await here.vcenter.cloneForeign(template, folder, name, within()));
  return ids;
}

describe('the reverse of Orphan', () => {
  test('a new group takes the released machines back, as plan says: none is cloned, restarted, renamed or moved', async () => {
    const here = await Installation.start(binaries);
    const options = flagsFor('/vcqaDC/vm/vm-operator/$(namespace).*/*');
    await here.operator(options);
    await here.apply('web', { replicas: 3, deletionPolicy: 'Orphan' });
    await here.untilRunning('web', 3);
    await here.run('delete', 'vg', 'web', '--timeout=60s');
    const before = await machinesWithout(here);
    expect(before.map(({ powerState }) => powerState)).toEqual(['poweredOn', 'poweredOn', 'poweredOn']);

    const adopt = { folder: '/vcqaDC/vm/vm-operator/default.web' };
    const manifest = manifestOf({ replicas: 3, adopt });
    const planned = await vmOperator(['plan', '-f', '-', ...options.flags], accountOf(here.vcsim), manifest);
    expect(planned.stdout).toContain('3 to adopt');
    for (const { name } of before) expect(planned.stdout).toContain(name);

    await here.apply('web', { replicas: 3, adopt });
    await here.untilRunning('web', 3);
    await untilAdopted(here, 'Adopted');
    expect(await machinesWithout(here)).toEqual(before);
    const told = await eventsOf(here);
    expect(told.filter((reason) => reason.startsWith('Replica'))).toEqual(['ReplicaAdopted']);
    // The field stays: nothing else is taken, and what is missing is cloned from now on.
    await here.run('scale', 'vg', 'web', '--replicas=4');
    await here.untilRunning('web', 4);
    expect((await machinesWithout(here)).filter(({ id }) => !before.some((known) => known.id === id))).toHaveLength(1);
  });
});

describe('machines that people made', () => {
  test('are taken by name, in the order of the list, as many as replicas are missing', async () => {
    const here = await Installation.start(binaries);
    const ids = await madeByHand(here, ['b', 'a', 'c']);
    const options = flagsFor('/vcqaDC/vm/by-hand/*');
    const first = manifestOf({ replicas: 1, adopt: { machines: ['b'] } });
    const files = [first, first.replace('"name":"web"', '"name":"late"')].join('\n---\n');
    const both = await vmOperator(['plan', '-f', '-', '-o', 'json', ...options.flags], accountOf(here.vcsim), files);
    expect(JSON.parse(both.stdout).groups).toMatchObject([
      { group: 'default/web', summary: { Adopt: 1 } },
      { group: 'default/late', summary: { Adopt: 0 }, inTheWay: [{ reason: 'OwnedByAnother' }] },
    ]);
    await here.operator(options);
    await here.apply('web', { replicas: 2, adopt: { machines: ['b', '/vcqaDC/vm/by-hand/a', 'c'] } });
    await here.untilRunning('web', 2);
    await untilAdopted(here, 'MoreThanReplicas', 'there is no place for c, which stays as it is');
    const changes = new MachineChanges(here);
    const ordinals = await Promise.all(ids.map((id) => changes.extraConfig(id, Mark.Ordinal)));
    expect(ordinals).toEqual(['0', '1', undefined]);
    expect((await machinesWithout(here)).find(({ id }) => id === ids[2])?.powerState).toBe('poweredOff');
    await here.run('scale', 'vg', 'web', '--replicas=3');
    await here.untilRunning('web', 3);
    expect((await machinesWithout(here)).map(({ id }) => id)).toEqual([...ids].sort());
  });

  test('R15: none is taken that no administrator allows, and no machine is made in its place', async () => {
    const here = await Installation.start(binaries);
    const [id = ''] = await madeByHand(here, ['bank-1']);
    await here.operator(flagsFor('/vcqaDC/vm/tenants/$(namespace)/**'));
    await here.apply('web', { replicas: 1, adopt: { machines: ['bank-1'] } });
    await untilAdopted(here, 'AdoptionRefused', 'the adoption of "bank-1" is not allowed by');
    expect((await here.group('web'))?.status?.phase).toBe('ERROR');
    expect(await new MachineChanges(here).extraConfig(id, Mark.Uid)).toBeUndefined();
    expect(await machinesWithout(here)).toHaveLength(1);
    // Without the name the group makes a machine of its own.
    await here.run('patch', 'vg', 'web', '--type=json', '-p', '[{"op":"remove","path":"/spec/adopt"}]');
    await here.untilRunning('web', 1);
    expect(await new MachineChanges(here).extraConfig(id, Mark.Uid)).toBeUndefined();
  });

  test('of another shape are refused with what differs, also by plan', async () => {
    const here = await Installation.start(binaries);
    const [id = ''] = await madeByHand(here, ['odd']);
    await new MachineChanges(here).reconfigure(id, '<guestId>windows9Server64Guest</guestId>');
    const options = flagsFor('/vcqaDC/vm/by-hand/*');
    await here.operator(options);
    const adopt = { machines: ['odd'] };
    await here.apply('web', { replicas: 1, adopt });
    await untilAdopted(here, 'AdoptionRefused', 'its guest OS is windows9Server64Guest');
    const manifest = manifestOf({ replicas: 1, adopt });
    const planned = await vmOperator(['plan', '-f', '-', ...options.flags], accountOf(here.vcsim), manifest);
    expect(planned.stdout).toContain('ShapeDiffers');
    expect(await new MachineChanges(here).extraConfig(id, Mark.Uid)).toBeUndefined();
  });

  test('R1: with the marks of a group that is gone they are refused, and the remedy that is told takes the marks off', async () => {
    const here = await Installation.start(binaries);
    const options = flagsFor('/vcqaDC/vm/vm-operator/default.old/*');
    await here.operator(options);
    await here.apply('old', { replicas: 1 });
    await here.untilRunning('old', 1);
    const [machine] = await here.machinesOf('old');
    const adopt = { machines: [machine?.name ?? ''] };
    await here.apply('web', { replicas: 1, adopt });
    await untilAdopted(here, 'AdoptionRefused', 'VmGroup default/old: delete that group with deletionPolicy Orphan');
    await here.run('annotate', 'vg', 'old', 'vm.codeconnect.vmworld.com/force-orphan=true');
    await here.run('delete', 'vg', 'old', '--timeout=60s');
    await untilAdopted(here, 'AdoptionRefused', 'which is gone: make it again, with the annotation');
    const manifest = manifestOf({ replicas: 1, adopt });
    const environment = { ...accountOf(here.vcsim), KUBECONFIG: here.server.kubeconfig };
    const planned = await vmOperator(['plan', '-f', '-', ...options.flags], environment, manifest);
    expect(planned.stdout.replaceAll(/\s+/g, ' ')).toContain('which is gone: make it again, with the annotation');

    // Another revision than that of the machine.
    const updateStrategy = { type: 'OnDelete', restartToken: 'another' };
    await here.apply('old', { replicas: 1, deletionPolicy: 'Orphan', updateStrategy });
    await here.run('annotate', 'vg', 'old', 'vm.codeconnect.vmworld.com/adopt=Adopt');
    await here.until('it has the machine', async () => {
      const uid = await here.run('get', 'vg', 'old', '-o', 'jsonpath={.metadata.uid}');
      const marked = await new MachineChanges(here).extraConfig(machine?.id ?? '', Mark.Uid);
      return marked === uid.trim() ? [] : [`${marked}`];
    });
    await here.run('delete', 'vg', 'old', '--timeout=60s');
    await here.untilRunning('web', 1);
    expect((await machinesWithout(here)).map(({ id }) => id)).toEqual([machine?.id]);
  });

  test('R1: a machine of another group is never taken', async () => {
    const here = await Installation.start(binaries);
    await here.operator(flagsFor('/vcqaDC/vm/**'));
    await here.apply('other', { replicas: 1 });
    await here.untilRunning('other', 1);
    const [machine] = await here.machinesOf('other');
    await here.apply('web', { replicas: 1, adopt: { folder: 'default.other' } });
    await untilAdopted(here, 'AdoptionRefused', 'carries the marks of VmGroup default/other');
    expect((await here.machinesOf('other')).map(({ id }) => id)).toEqual([machine?.id]);
  });
});
