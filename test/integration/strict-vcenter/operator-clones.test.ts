/** The operator where clones are queued, and where a machine has no configuration until its clone ends. */
import { expect, inject, test } from 'vitest';
import { Installation } from '../installation';
import { ref } from './raw-session';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);

async function datastore(here: Installation, name: string): Promise<string> {
  const path = `<inventoryPath>vcqaDC/datastore/${name}</inventoryPath>`;
  return here.vcenter.invoke('FindByInventoryPath', 'SearchIndex', 'SearchIndex', path, within());
}

/** A second template, on a datastore of its own. */
async function templateOn(here: Installation, name: string, datastoreName: string): Promise<void> {
  const template = (await here.machines()).find(({ isTemplate }) => isTemplate);
  const pool = ref('pool', `ResourcePool:${await here.vcenter.first('ResourcePool', within())}`);
  const place = ref('datastore', `Datastore:${await datastore(here, datastoreName)}`);
  const spec = `<spec><location>${place}${pool}</location><template>true</template><powerOn>false</powerOn></spec>`;
  const folder = ref('folder', `Folder:${template?.parentFolderId}`);
  const parameters = `${folder}<name>${name}</name>${spec}`;
  await here.vcenter.invoke('CloneVM_Task', 'VirtualMachine', template?.id ?? '', parameters, within());
}

test('R9: copies that queue for one datastore do not hold up a group on another one', async () => {
  const strict = { clonesPerDatastore: 1 };
  const here = await Installation.start(binaries, { datastores: 3, delaysMs: { CloneVm: 2_000 }, strict });
  await templateOn(here, 'other-template', 'LocalDS_2');
  await here.operator({ flags: ['--max-concurrent-tasks=4'] });
  // Both read the same datastore, whatever they write.
  await here.apply('first', { replicas: 4 });
  await here.apply('second', { replicas: 4, placement: { datastore: 'LocalDS_1' } });
  const made = async () => [...(await here.machinesOf('first')), ...(await here.machinesOf('second'))];
  await here.until('their copies have begun', async () => ((await made()).length > 0 ? [] : ['no machine']));
  await here.apply('web', { replicas: 1, template: 'other-template' });
  await here.untilRunning('web', 1);
  expect((await made()).length).toBeLessThan(8);
  await here.untilRunning('first', 4);
  await here.untilRunning('second', 4);
});

test('R2: an operator that starts while clones of an earlier one are queued makes none of them again', async () => {
  const strict = { clonesPerDatastore: 1 };
  const here = await Installation.start(binaries, { delaysMs: { CloneVm: 3_000 }, strict });
  const first = await here.operator();
  await here.apply('web', { replicas: 3 });
  await here.until('the first copy is there', async () =>
    (await here.machinesOf('web')).length > 0 ? [] : ['no machine'],
  );
  await first.stop();
  await here.operator();
  await here.untilRunning('web', 3);
  expect((await here.machines()).filter(({ isTemplate }) => !isTemplate)).toHaveLength(3);
});

test('R2, R7: machines without configuration until their clones end become replicas, each once', async () => {
  const here = await Installation.start(binaries, { strict: { hiddenCreationMs: 3_000 } });
  await here.operator();
  await here.apply('web', { replicas: 3 });
  await here.untilRunning('web', 3);
  await here.run('scale', 'vg', 'web', '--replicas=1');
  await here.untilRunning('web', 1);
  await here.run('delete', 'vg', 'web');
  await here.untilGone('web');
  expect((await here.machines()).map(({ name }) => name)).toEqual(['vm-operator-template']);
});

test('R2: an operator that starts while machines have no configuration yet makes none of them again', async () => {
  const here = await Installation.start(binaries, { strict: { hiddenCreationMs: 8_000 } });
  const first = await here.operator();
  await here.apply('web', { replicas: 2 });
  const made = async () => (await here.machines()).filter(({ isTemplate }) => !isTemplate);
  await here.until('both machines are there', async () => ((await made()).length === 2 ? [] : ['not yet']));
  expect(await here.machinesOf('web')).toEqual([]);
  await first.stop();
  await here.operator();
  await here.untilRunning('web', 2);
  expect(await made()).toHaveLength(2);
});
