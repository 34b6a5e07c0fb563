import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { sleep, systemClock } from '../../src/time/clock';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');

describe('the story of the original operator on real parts', () => {
  test('samples, a missing template and its correction, scale, repair, delete', async () => {
    const here = await Installation.start(binaries);
    const operator = await here.operator();
    await here.run('apply', '-f', here.manifests.samples);
    await Promise.all([here.untilRunning('vg-1', 3), here.untilRunning('vg-3', 2)]);
    await here.until('vg-2 ERROR naming its template', async () => {
      const status = (await here.group('vg-2'))?.status;
      const fine = status?.phase === 'ERROR' && status.lastMessage?.includes('"doesNotExist"');
      return fine ? [] : [JSON.stringify(status)];
    });
    expect(await here.machinesOf('vg-2')).toEqual([]);

    const patch = JSON.stringify({ spec: { template: 'vm-operator-template' } });
    await here.run('patch', 'vg', 'vg-2', '--type', 'merge', '-p', patch);
    await here.untilRunning('vg-2', 2);

    await here.run('scale', 'vg', 'vg-1', '--replicas=5');
    await here.untilRunning('vg-1', 5);
    await here.run('scale', 'vg', 'vg-1', '--replicas=1');
    await here.untilRunning('vg-1', 1);

    const [off, destroyed] = await here.machinesOf('vg-3');
    await here.vcenter.powerOff(off?.id ?? '', AbortSignal.timeout(10_000));
    await here.untilRunning('vg-3', 2);
    expect((await here.machinesOf('vg-3')).map(({ id }) => id)).toContain(off?.id);
    await here.vcenter.powerOff(destroyed?.id ?? '', AbortSignal.timeout(10_000));
    await here.vcenter.destroy(destroyed?.id ?? '', AbortSignal.timeout(10_000)).catch(() => undefined);
    await here.untilRunning('vg-3', 2);

    const uuids = (await here.machines()).filter(({ group }) => group !== undefined).map((m) => m.instanceUuid ?? '');
    expect(uuids).toHaveLength(5);
    await here.run('delete', 'vg', '--all', '--timeout=60s');
    expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
    for (const uuid of uuids) {
      expect(await here.vcenter.findAllByInstanceUuid(uuid, AbortSignal.timeout(10_000))).toEqual([]);
    }
    for (const name of ['vg-1', 'vg-2', 'vg-3']) expect(await here.folder(`default.${name}`)).toBeUndefined();
    expect(await operator.stop()).toBe('exit code 0');
  });

  test('a group that waits for its template goes on when the template appears', async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    await here.apply('web', { template: 'late' });
    await here.until('ERROR', async () => ((await here.group('web'))?.status?.phase === 'ERROR' ? [] : ['not yet']));
    const [template] = await here.machines();
    const parent = await here.folder('vm-operator');
    const late = await here.vcenter.cloneForeign(template?.id ?? '', parent ?? '', 'late', AbortSignal.timeout(10_000));
    await here.until('a machine of that name is none', async () => {
      const message = (await here.group('web'))?.status?.lastMessage ?? '';
      return message.includes('is a machine and no template') ? [] : [message];
    });
    // The simulator tells nobody of MarkAsTemplate.
    await new MachineChanges(here).setExtraConfig(late, { 'SET.config.template': true });
    await here.untilRunning('web', 1);
  });

  test('several groups share the default folder, which is made if it is missing', async () => {
    const here = await Installation.start(binaries, { folder: '' });
    await here.operator();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => here.apply(name, {})));
    await Promise.all(names.map((name) => here.untilRunning(name, 1)));
    const folders = await here.vcenter.folders(AbortSignal.timeout(10_000));
    expect(folders.filter(({ name }) => name === 'vm-operator')).toHaveLength(1);
  });

  test('kubectl explain describes the fields, and an invalid manifest is refused with the name of the field', async () => {
    const here = await Installation.start(binaries);
    // The server publishes the schema a moment after the kind is established, and kubectl caches what it read before.
    await here.until('a text for spec.placement.resourcePool', async () => {
      await here.run('api-resources');
      const text = await here.run('explain', 'vg.spec.placement.resourcePool').catch((error: unknown) => String(error));
      return text.includes("Default: the cluster's root pool") ? [] : [text];
    });
    await expect(here.apply('bad', { cpu: 0 })).rejects.toThrow('spec.cpu');
    await expect(here.apply('bad', { replicas: 'three' })).rejects.toThrow('spec.replicas');
    await expect(here.apply('x'.repeat(63), {})).rejects.toThrow('at most 62 characters');
    await here.apply('moved', { placement: { datacenter: 'vcqaDC' } });
    await expect(here.apply('moved', { placement: { datacenter: 'other' } })).rejects.toThrow(
      'placement.datacenter cannot be changed',
    );
  });
});

describe('what the operator must leave', () => {
  test("R1: a foreign machine in a group's folder stays after scale-down and deletion, and so does the folder", async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    const folder = await here.folder('default.web');
    const template = (await here.machines()).find(({ isTemplate }) => isTemplate);
    await here.vcenter.cloneForeign(template?.id ?? '', folder ?? '', 'pet', AbortSignal.timeout(10_000));
    await here.run('scale', 'vg', 'web', '--replicas=0');
    await here.untilRunning('web', 0);
    await here.run('delete', 'vg', 'web', '--timeout=60s');
    expect((await here.machines()).map(({ name }) => name).sort()).toEqual(['pet', 'vm-operator-template']);
    expect(await here.folder('default.web')).toBe(folder);
    expect(await here.run('get', 'events', '-o', 'jsonpath={.items[*].reason}')).toContain('FolderKept');
  });

  test('deletionPolicy Orphan leaves machines and folder, without our marks', async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    await here.apply('web', { replicas: 2, deletionPolicy: 'Orphan' });
    await here.untilRunning('web', 2);
    const before = await here.machinesOf('web');
    await here.run('delete', 'vg', 'web', '--timeout=60s');
    const left = (await here.machines()).filter(({ id }) => before.some((machine) => machine.id === id));
    expect(left.map(({ group, powerState }) => [group, powerState])).toEqual([
      [undefined, 'poweredOn'],
      [undefined, 'poweredOn'],
    ]);
  });

  test.each([
    ['the operator file', (facts: { otherFiles: readonly string[] }) => facts.otherFiles],
    [
      'the whole folder',
      (facts: { crdFiles: readonly string[]; otherFiles: readonly string[] }) => [
        ...facts.crdFiles,
        ...facts.otherFiles,
      ],
    ],
  ])('deleting %s leaves every machine', async (_what, files) => {
    const here = await Installation.start(binaries);
    const operator = await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    // The operator keeps running here, because no kubelet stops it. This is the hardest case.
    const args = files(here.facts).flatMap((file) => ['-f', file]);
    // Its rights go with the manifests.
    here.deniesOnPurpose(/./);
    await here.run('delete', ...args, '--wait=false');
    await sleep(systemClock, 5_000, AbortSignal.timeout(60_000));
    await operator.stop();
    expect((await here.machinesOf('web')).map(({ powerState }) => powerState)).toEqual(['poweredOn', 'poweredOn']);
  });
});

test('R4: an operator at rest makes at most 2 requests to vCenter in 60 s, writes nothing, and stays under 110 MB', async () => {
  const traceFile = path.join(tmpdir(), `vcsim-trace-${process.pid}.log`);
  onTestFinished(() => rm(traceFile, { force: true }));
  const here = await Installation.start(binaries, { traceFile });
  const operator = await here.operator();
  await here.apply('web', { replicas: 5 });
  await here.untilRunning('web', 5);
  const requests = async () => (await readFile(traceFile, 'utf8')).split('\nRequest: ').length;
  await here.vcenter.close(AbortSignal.timeout(5_000));
  await sleep(systemClock, 3_000, AbortSignal.timeout(60_000));
  const before = await requests();
  const version = await here.run('get', 'vg', 'web', '-o', 'jsonpath={.metadata.resourceVersion}');
  await sleep(systemClock, 60_000, AbortSignal.timeout(90_000));
  expect((await requests()) - before).toBeLessThanOrEqual(2);
  expect(await here.run('get', 'vg', 'web', '-o', 'jsonpath={.metadata.resourceVersion}')).toBe(version);
  const status = await readFile(`/proc/${operator.processId}/status`, 'utf8');
  expect(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThan(110 * 1024);
});
