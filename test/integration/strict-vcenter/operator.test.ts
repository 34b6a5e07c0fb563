/** The operator at a vCenter that is as strict as the real one. What it cannot do yet is marked as failing. */
import { describe, expect, inject, test } from 'vitest';
import { machinePermission } from '../../envtest/strict-vcenter/strict-options';
import { Installation } from '../installation';
import { MachineChanges } from '../machine-changes';
import { allocations, ref } from './raw-session';

const binaries = inject('binaries');
/** For what fails today: long enough to be met once it is mended, and no minute lost until then. */
const SOON_MS = 15_000;
const within = () => AbortSignal.timeout(30_000);

/** Machines in the group's folder, whether their marks can be read or not. */
async function inFolder(here: Installation) {
  const folder = await here.folder('default.web');
  return (await here.machines()).filter(({ parentFolderId }) => parentFolderId === folder);
}

async function withTemplate(here: Installation, specXml: string): Promise<void> {
  const template = (await here.machines()).find(({ isTemplate }) => isTemplate)?.id ?? '';
  const pool = await here.vcenter.first('ResourcePool', within());
  const { vcenter } = here;
  await vcenter.invoke(
    'MarkAsVirtualMachine',
    'VirtualMachine',
    template,
    ref('pool', `ResourcePool:${pool}`),
    within(),
  );
  await vcenter.invoke('ReconfigVM_Task', 'VirtualMachine', template, `<spec>${specXml}</spec>`, within());
  await vcenter.invoke('MarkAsTemplate', 'VirtualMachine', template, '', within());
}

describe('a machine whose files cannot be read', () => {
  test('is not left behind when its group is deleted', async () => {
    const here = await Installation.start(binaries);
    await here.operator();
    await here.apply('web', { replicas: 1 });
    await here.untilRunning('web', 1);
    const [machine] = await here.machinesOf('web');
    const hand = new MachineChanges(here);
    await hand.setConnection(machine?.id ?? '', 'inaccessible');
    await here.until('the operator has seen it', async () => {
      const { phase } = (await here.group('web'))?.status ?? {};
      return phase === 'RUNNING' ? ['RUNNING'] : [];
    });
    await expect(here.run('delete', 'vg', 'web', '--timeout=10s')).rejects.toThrow('timed out');
    await hand.setConnection(machine?.id ?? '', 'connected');
    await here.untilGone('web');
    expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
  });

  async function unreadableAndRestarted(rename: (machine: string, here: Installation) => Promise<unknown>) {
    const here = await Installation.start(binaries);
    const operator = await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    const machine = (await here.machinesOf('web'))[0]?.id ?? '';
    await rename(machine, here);
    const hand = new MachineChanges(here);
    await hand.setConnection(machine, 'inaccessible');
    await operator.stop();
    await here.operator();
    await here.run('scale', 'vg', 'web', '--replicas=3');
    await here.until('the status names what cannot be read', async () => {
      const { lastMessage = '' } = (await here.group('web'))?.status ?? {};
      return lastMessage.includes('vCenter does not tell the configuration of') ? [] : [lastMessage];
    });
    expect(await inFolder(here)).toHaveLength(2);
    await hand.setConnection(machine, 'connected');
    await here.untilRunning('web', 3, SOON_MS);
    const ids = (await inFolder(here)).map(({ id }) => id);
    expect(ids).toContain(machine);
    expect(ids).toHaveLength(3);
  }

  test('is not replaced by an operator that starts meanwhile: creation waits, and the status says for what', async () => {
    await unreadableAndRestarted(async () => undefined);
  });

  test('is not replaced either when somebody renamed it', async () => {
    await unreadableAndRestarted((machine, here) =>
      here.vcenter.invoke('Rename_Task', 'VirtualMachine', machine, '<newName>renamed</newName>', within()),
    );
  });
});

describe('a clone', () => {
  test('into a cluster without DRS succeeds', async () => {
    const here = await Installation.start(binaries);
    const cluster = await here.vcenter.first('ClusterComputeResource', within());
    const spec =
      '<spec xsi:type="ClusterConfigSpecEx"><drsConfig><enabled>false</enabled></drsConfig></spec><modify>true</modify>';
    await here.vcenter.invoke('ReconfigureComputeResource_Task', 'ClusterComputeResource', cluster, spec, within());
    await here.operator();
    await here.apply('web', { replicas: 1 });
    await here.untilRunning('web', 1, SOON_MS);
  });

  test('with a cpu that does not fill the sockets of the template succeeds, or the status says why', async () => {
    const here = await Installation.start(binaries);
    await withTemplate(here, '<numCPUs>2</numCPUs><numCoresPerSocket>2</numCoresPerSocket>');
    await here.operator();
    await here.apply('web', { cpu: 3, replicas: 1 });
    await here.until(
      'RUNNING, or told about the sockets',
      async () => {
        const { phase, lastMessage = '' } = (await here.group('web'))?.status ?? {};
        return phase === 'RUNNING' || /per socket/.test(lastMessage) ? [] : [`${phase}: ${lastMessage}`];
      },
      SOON_MS,
    );
  });

  test('goes to a datastore of a datastore cluster', async () => {
    const here = await Installation.start(binaries, { pods: 1, datastores: 2 });
    const pod = await here.vcenter.first('StoragePod', within());
    const datastore = await here.vcenter.first('Datastore', within());
    await here.vcenter.invoke(
      'MoveIntoFolder_Task',
      'StoragePod',
      pod,
      ref('list', `Datastore:${datastore}`),
      within(),
    );
    const name = (await here.vcenter.property('Datastore', datastore, 'name', within()))?.text;
    await here.operator();
    await here.apply('web', { replicas: 1, placement: { datastore: name } });
    await here.untilRunning('web', 1, SOON_MS);
  });

  test('without the privilege for it is told by the name of the privilege', async () => {
    const permissions = [machinePermission({ without: ['VirtualMachine.Inventory.CreateFromExisting'] })];
    const here = await Installation.start(binaries, { strict: { permissions } });
    await here.operator();
    await here.apply('web', { replicas: 1 });
    await here.until(
      'NoPermission in the status',
      async () => {
        const text = JSON.stringify((await here.group('web'))?.status ?? {});
        return text.includes('VirtualMachine.Inventory.CreateFromExisting') ? [] : [text];
      },
      SOON_MS,
    );
  });
});

test("a vApp in a group's folder keeps the folder, never the finalizer", async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  const folder = (await here.folder('default.web')) ?? '';
  const pool = await here.vcenter.first('ResourcePool', within());
  const vapp = `<name>app</name>${allocations()}<configSpec/>${ref('vmFolder', `Folder:${folder}`)}`;
  await here.vcenter.invoke('CreateVApp', 'ResourcePool', pool, vapp, within());
  await here.run('delete', 'vg', 'web', '--timeout=20s');
  expect(await here.folder('default.web')).toBe(folder);
});

test('what a power-on that raises a question holds up is only its own group', async () => {
  const here = await Installation.start(binaries);
  await here.operator();
  await here.apply('web', { replicas: 1 });
  await here.untilRunning('web', 1);
  const [machine] = await here.machinesOf('web');
  await new MachineChanges(here).setExtraConfig(machine?.id ?? '', { 'strict.question': 'moved or copied?' });
  await here.vcenter.powerOff(machine?.id ?? '', within());
  await here.until('asked', async () =>
    (await here.vcenter.property('VirtualMachine', machine?.id ?? '', 'runtime.question', within())) ? [] : ['not yet'],
  );
  await here.apply('other', { replicas: 1 });
  await here.untilRunning('other', 1);
  const answer = '<questionId>1</questionId><answerChoice>0</answerChoice>';
  await here.vcenter.invoke('AnswerVM', 'VirtualMachine', machine?.id ?? '', answer, within());
  await here.untilRunning('web', 1);
});
