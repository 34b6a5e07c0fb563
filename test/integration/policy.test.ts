/** How groups change, on a real API server and the vCenter simulator. */
import { gunzipSync } from 'node:zlib';
import { describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { DuplicateWatch } from './duplicate-watch';
import { Installation } from './installation';
import { MachineChanges } from './machine-changes';

const binaries = inject('binaries');

async function patch(here: Installation, spec: object): Promise<void> {
  await here.run('patch', 'vg', 'web', '--type', 'merge', '-p', JSON.stringify({ spec }));
}

const statusOf = async (here: Installation): Promise<Record<string, unknown>> =>
  JSON.parse((await here.run('get', 'vg', 'web', '-o', 'jsonpath={.status}')) || '{}');

const idsOf = async (here: Installation) => (await here.machinesOf('web')).map(({ id }) => id).sort();

/** Number of PowerOffVM_Task calls of the operator. */
async function powerOffCalls({ metricsUrl }: { readonly metricsUrl: string }): Promise<number> {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text();
  return Number(/^vsphere_calls_total\{[^}]*method="PowerOffVM_Task"[^}]*\} (\d+)$/m.exec(text)?.[1] ?? 0);
}

describe('updates', () => {
  test('a rolling update with maxSurge 1 and maxUnavailable 0 never has fewer than 3 or more than 4 machines', async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    const updateStrategy = { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } };
    await here.apply('web', { replicas: 3, updateStrategy });
    await here.untilRunning('web', 3);
    const before = await idsOf(here);
    const watch = new DuplicateWatch(here, 4);
    const fewest = { on: 3 };
    const update = patch(here, { placement: { datastore: 'LocalDS_0' } });
    await here.until('three new machines RUNNING', async () => {
      const machines = await here.machinesOf('web');
      fewest.on = Math.min(fewest.on, machines.filter(({ powerState }) => powerState === 'poweredOn').length);
      const left = machines.filter(({ id }) => before.includes(id)).length;
      return left > 0 || machines.length !== 3 ? [`${left} old ones of ${machines.length}`] : [];
    });
    await update;
    await here.untilRunning('web', 3);
    await watch.end();
    expect([watch.seen, fewest.on]).toEqual([[], 3]);
  });

  test('cpu and memory change with a power cycle, or while powered on where the machine allows it', async () => {
    const here = await Installation.start(binaries);
    const operator = await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    const before = await idsOf(here);
    const changes = new MachineChanges(here);
    await patch(here, { cpu: 2, memory: 2 });
    await here.untilRunning('web', 2);
    expect(await idsOf(here)).toEqual(before);
    expect((await here.machinesOf('web')).map(({ numCpu, memoryMiB }) => [numCpu, memoryMiB])).toEqual([
      [2, 2048],
      [2, 2048],
    ]);
    expect(await powerOffCalls(operator)).toBe(2);
    for (const id of before) {
      // A reconfiguration could set these only while the machine is off.
      await changes.setExtraConfig(id, { 'SET.config.memoryHotAddEnabled': true, 'SET.config.cpuHotAddEnabled': true });
    }
    await operator.stop();
    const successor = await here.operator();
    await patch(here, { cpu: 3, memory: 3 });
    await here.untilRunning('web', 2);
    expect((await here.machinesOf('web')).map(({ numCpu, memoryMiB }) => [numCpu, memoryMiB])).toEqual([
      [3, 3072],
      [3, 3072],
    ]);
    expect(await powerOffCalls(successor)).toBe(0);
  });
});

test('readiness IPAddress waits for the guest, and a guest with VMware Tools is asked to shut down', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  const changes = new MachineChanges(here);
  await here.apply('web', { replicas: 1, readiness: { type: 'IPAddress' } });
  const untilMessage = (text: string) =>
    here.until(text, async () => {
      const { lastMessage } = await statusOf(here);
      return lastMessage === text ? [] : [String(lastMessage)];
    });
  await untilMessage('0 of 1 replicas ready');
  const id = await untilOneIsOn(here);
  await changes.setToolsRunning(id);
  await changes.setAddress(id, '169.254.7.7');
  await here.until('the link-local address is in the status', async () => {
    const { replicas, phase } = await statusOf(here);
    return JSON.stringify(replicas).includes('169.254.7.7') && phase === 'PENDING' ? [] : [JSON.stringify(replicas)];
  });
  await changes.setAddress(id, '192.0.2.7');
  await here.untilRunning('web', 1);
  await patch(here, { powerState: 'PoweredOff' });
  await untilMessage('1 of 1 replicas are powered off, as spec.powerState asks');
  await here.until('an event of the shutdown', async () => {
    const reasons = await here.run('get', 'events', '-o', 'jsonpath={.items[*].reason}');
    return reasons.includes('ReplicaShutdown') ? [] : [reasons];
  });
});

async function untilOneIsOn(here: Installation): Promise<string> {
  await here.until('one machine on', async () => {
    const machines = await here.machinesOf('web');
    return machines.some(({ powerState }) => powerState === 'poweredOn') ? [] : [`${machines.length} machines`];
  });
  return (await idsOf(here))[0] ?? '';
}

describe('guest data', () => {
  test('for Ignition is all that the guest gets', async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    const value = '{"ignition": {"version": "3.4.0"}, "x": "$(vm.ordinal)"}';
    await here.apply('web', { guest: { ignition: { config: { value } } } });
    await here.untilRunning('web', 1);
    const [id = ''] = await idsOf(here);
    const changes = new MachineChanges(here);
    const data = await changes.extraConfig(id, 'guestinfo.ignition.config.data');
    expect(gunzipSync(Buffer.from(data ?? '', 'base64')).toString()).toBe(value.replace('$(vm.ordinal)', '0'));
    expect(await changes.extraConfig(id, 'guestinfo.ignition.config.data.encoding')).toBe('gzip+base64');
    expect(await changes.extraConfig(id, 'guestinfo.metadata')).toBeUndefined();
  });

  const SECRET = '#cloud-config\nfqdn: $(vm.hostname)\npassword: hunter2';

  test('R10: from a Secret needs the Role, and is in no status, event or log', async () => {
    const here = await Installation.start(binaries);
    here.deniesOnPurpose(/^get .*\/secrets\/boot$/);
    const operator = await here.operator();
    await here.run('create', 'secret', 'generic', 'boot', `--from-literal=user-data=${SECRET}`);
    const userData = { secretKeyRef: { name: 'boot', key: 'user-data' } };
    await here.apply('web', { guest: { cloudInit: { userData } } });
    await here.until('ERROR that names the Role', async () => {
      const { phase, lastMessage } = await statusOf(here);
      const tells = phase === 'ERROR' && String(lastMessage).includes('make the Role vm-operator-guest-secrets');
      return tells ? [] : [String(lastMessage)];
    });
    expect(await here.machinesOf('web')).toEqual([]);
    const role = 'vm-operator-guest-secrets';
    const { namespace, serviceAccount } = here.facts;
    await here.run('create', 'role', role, '--verb=get', '--resource=secrets');
    await here.run('create', 'rolebinding', role, `--role=${role}`, `--serviceaccount=${namespace}:${serviceAccount}`);
    await here.run('annotate', 'vg', 'web', 'vm.codeconnect.vmworld.com/retry=now');
    await here.untilRunning('web', 1);
    const [machine] = await here.machinesOf('web');
    const changes = new MachineChanges(here);
    const given = async (key: string) =>
      gunzipSync(
        Buffer.from((await changes.extraConfig(machine?.id ?? '', `guestinfo.${key}`)) ?? '', 'base64'),
      ).toString();
    expect(await given('userdata')).toBe(SECRET.replace('$(vm.hostname)', machine?.name ?? ''));
    expect(parse(await given('metadata'))).toEqual({
      'instance-id': machine?.instanceUuid,
      'local-hostname': machine?.name,
    });
    expect(await changes.extraConfig(machine?.id ?? '', 'guestinfo.userdata.encoding')).toBe('gzip+base64');
    const shown = [
      await here.run('get', 'vg', 'web', '-o', 'yaml'),
      await here.run('get', 'events', '-o', 'yaml'),
      operator.log.last(10_000),
    ].join('\n');
    expect(shown).not.toContain('hunter2');
    expect(shown).not.toContain(Buffer.from(SECRET).toString('base64').slice(0, 40));
  });
});

test('networks connect the adapters in their order, and a missing network is named', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { networks: [{ name: 'front', network: 'no such network' }] });
  await here.until('ERROR that names the network', async () => {
    const { phase, lastMessage } = await statusOf(here);
    return phase === 'ERROR' && String(lastMessage).includes('"no such network"') ? [] : [String(lastMessage)];
  });
  await patch(here, {
    networks: [
      { name: 'front', network: 'VM Network' },
      { name: 'back', network: 'DVS0/DC0_DVPG0' },
    ],
  });
  await here.untilRunning('web', 1);
  const [machine] = await here.machinesOf('web');
  const networks = await here.vcenter.property(
    'VirtualMachine',
    machine?.id ?? '',
    'network',
    AbortSignal.timeout(9_000),
  );
  expect(networks?.text).toMatch(/network-/);
  expect(networks?.text).toMatch(/dvportgroup-/);
});
