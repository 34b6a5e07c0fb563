import { describe, expect, test } from 'vitest';
import { begun, cloned, cloneSpec, type RawSession, ref, strictVCenter } from './raw-session';

const UUID = '11111111-2222-5333-8444-555555555555';

describe('a clone', () => {
  test('into a cluster without DRS names its host', async () => {
    const { admin } = await strictVCenter();
    expect(await cloned(admin, 'with-drs')).toMatch(/^VirtualMachine:/);
    const cluster = await admin.find('ClusterComputeResource');
    const spec =
      '<spec xsi:type="ClusterConfigSpecEx"><drsConfig><enabled>false</enabled></drsConfig></spec><modify>true</modify>';
    expect(await admin.task('ReconfigureComputeResource_Task', cluster, spec)).not.toHaveProperty('fault');
    const { template, parameters } = await cloneSpec(admin, 'anywhere');
    const refused = await admin.task('CloneVM_Task', template, parameters);
    expect(refused.fault).toBe('InvalidArgument');
    expect(refused.text).toContain('<invalidProperty>spec.location.host</invalidProperty>');
    const location = ref('host', await admin.find('HostSystem'));
    const onHost = await cloneSpec(admin, 'on-a-host', { location });
    expect(await admin.task('CloneVM_Task', template, onHost.parameters)).not.toHaveProperty('fault');
  });

  test.each(['datastore:Datastore', 'pool:ResourcePool', 'host:HostSystem'])(
    'that names a %s that is gone is refused, and vCenter lives on',
    async (what) => {
      const { admin } = await strictVCenter();
      const [element = '', type] = what.split(':');
      const { template, parameters } = await cloneSpec(admin, 'web');
      const gone = ref(element, `${type}:gone-1`);
      const other = parameters
        .replace(/<pool.*?<\/pool>/, element === 'pool' ? gone : '$&')
        .replace('</location>', `${element === 'pool' ? '' : gone}</location>`);
      expect((await admin.call('CloneVM_Task', template, other)).fault).toBe('ManagedObjectNotFound');
      expect(await cloned(admin, 'web')).toMatch(/^VirtualMachine:/);
    },
  );

  test('of a snapshot that does not exist is refused', async () => {
    const { admin } = await strictVCenter();
    const { template, parameters } = await cloneSpec(admin, 'web');
    const linked = parameters.replace('</spec>', `${ref('snapshot', 'VirtualMachineSnapshot:gone-1')}</spec>`);
    expect((await admin.call('CloneVM_Task', template, linked)).fault).toBe('ManagedObjectNotFound');
  });

  test('has a name of at most 80 characters', async () => {
    const { admin } = await strictVCenter();
    expect(await cloned(admin, 'x'.repeat(80))).toMatch(/^VirtualMachine:/);
    const { template, parameters } = await cloneSpec(admin, 'x'.repeat(81));
    expect((await admin.call('CloneVM_Task', template, parameters)).fault).toBe('InvalidName');
  });

  test('has CPUs that are a multiple of the cores per socket of the spec, or else of the template', async () => {
    const { admin } = await strictVCenter();
    const size = (cpus: number, cores?: number) =>
      `<config><numCPUs>${cpus}</numCPUs>${cores === undefined ? '' : `<numCoresPerSocket>${cores}</numCoresPerSocket>`}</config>`;
    const even = await cloned(admin, 'even', size(4, 2));
    expect(await admin.read(even, 'config.hardware.numCoresPerSocket')).toEqual({
      'config.hardware.numCoresPerSocket': '2',
    });
    await expect(cloned(admin, 'uneven', size(3, 2))).rejects.toThrow('InvalidArgument');
    await admin.call('MarkAsTemplate', even);
    const { parameters } = await cloneSpec(admin, 'of-two', { spec: size(3) });
    expect(await admin.task('CloneVM_Task', even, parameters)).toMatchObject({ fault: 'InvalidArgument' });
  });

  test('never shares an instance UUID: who comes second gets another', async () => {
    const { admin } = await strictVCenter();
    const config = `<config><instanceUuid>${UUID}</instanceUuid></config>`;
    const names = ['a', 'b', 'c'];
    const machines = await Promise.all(names.map((name) => cloned(admin, name, config)));
    const uuids = await Promise.all(machines.map((machine) => admin.read(machine, 'config.instanceUuid')));
    const given = uuids.map((read) => read['config.instanceUuid']);
    expect(new Set(given).size).toBe(3);
    expect(given).toContain(UUID);
  });

  test('takes annotation and hot-add flags of the spec', async () => {
    const { admin } = await strictVCenter();
    const config = '<config><annotation>managed</annotation><cpuHotAddEnabled>true</cpuHotAddEnabled></config>';
    const machine = await cloned(admin, 'web', config);
    expect(await admin.read(machine, 'config.annotation', 'config.cpuHotAddEnabled', 'name')).toEqual({
      'config.annotation': 'managed',
      'config.cpuHotAddEnabled': 'true',
      name: 'web',
    });
  });

  async function states(admin: RawSession, tasks: readonly string[]) {
    const reads = await Promise.all(tasks.map((task) => admin.read(task, 'info.state', 'info.startTime')));
    return reads.map((read) => `${read['info.state']}${read['info.startTime'] === undefined ? '' : ', started'}`);
  }

  test('is queued while as many as its host takes are running', async () => {
    const { admin } = await strictVCenter({ delaysMs: { CloneVm: 1500 }, strict: { clonesPerHost: 2 } });
    const tasks = [];
    for (const name of ['a', 'b', 'c']) tasks.push(await begun(admin, name));
    expect(await states(admin, tasks)).toEqual(['running, started', 'running, started', 'queued']);
    for (const task of tasks) expect(await admin.end(task)).not.toHaveProperty('fault');
  });

  test('is queued while a datastore that it reads or writes has as many as it takes, and others run', async () => {
    const settings = { datastores: 3, delaysMs: { CloneVm: 1500 }, strict: { clonesPerDatastore: 1 } };
    const { admin } = await strictVCenter(settings);
    const onDatastore = async (name: string) => ref('datastore', await admin.find('Datastore', name));
    const [second, third] = [await onDatastore('LocalDS_1'), await onDatastore('LocalDS_2')];
    const other = `VirtualMachine:${(await admin.end(await begun(admin, 'other', { location: second }))).result}`;
    const tasks = [
      await begun(admin, 'of-the-template'),
      await begun(admin, 'reads-the-same', { location: third }),
      await begun(admin, 'of-another', { source: other, location: second }),
      await begun(admin, 'writes-the-same', { source: other, location: third }),
    ];
    expect(await states(admin, tasks)).toEqual(['running, started', 'queued', 'running, started', 'queued']);
    for (const task of tasks) expect(await admin.end(task)).not.toHaveProperty('fault');
  });

  test('that is cancelled while it is queued never runs, and gives up its turn', async () => {
    const { admin } = await strictVCenter({ delaysMs: { CloneVm: 1500 }, strict: { clonesPerDatastore: 1 } });
    const [first, second, third] = [await begun(admin, 'a'), await begun(admin, 'b'), await begun(admin, 'c')];
    await admin.call('CancelTask', second);
    for (const task of [first, third]) expect(await admin.end(task)).not.toHaveProperty('fault');
    expect(await admin.end(second)).toMatchObject({ fault: 'RequestCanceled' });
    await expect(admin.find('VirtualMachine', 'b')).rejects.toThrow('no VirtualMachine');
  });
});
