import { describe, expect, test } from 'vitest';
import { answering, sent } from '../../../test/support/builders/acts';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import type { LiveVirtualMachine, ManagedObjectReference } from '../../vsphere/port';

const replica = aReplica(aGroup(), { ordinal: 0 }, { powerState: 'poweredOff' });
const live: LiveVirtualMachine = { ...replica.machine, vmPathName: '[ssd] web/web.vmx', disks: [] };
const task = { type: 'Task', value: 'task-1' };
const folder = { type: 'Folder', value: 'group-folder' };

describe('the folder of the original operator', () => {
  const another = { type: 'VirtualMachine', value: 'vm-another' };
  const rename = { kind: 'RenameFolder', folder, name: 'shop.web', replicas: [replica.machine.ref] } as const;
  const renaming = (children: readonly ManagedObjectReference[] | undefined, rest: Partial<LiveVirtualMachine> = {}) =>
    sent(rename, {
      readFolderChildren: answering(children),
      readVirtualMachine: answering({ ...live, extraConfig: {}, ...rest }),
      rename: answering(task),
    });

  test('is renamed when it is empty, or holds the adopted machines, also beside a foreign one', async () => {
    expect((await renaming([])).result).toEqual(task);
    expect((await renaming([replica.machine.ref])).result).toEqual(task);
    expect((await renaming([replica.machine.ref, another], { name: 'pet' })).result).toEqual(task);
    expect((await renaming(undefined)).result).toBeUndefined();
  });

  test("R1: keeps its name while it holds another group's machines: shop-prod/web and shop/prod-web have one name", async () => {
    const refused = { code: 'FolderNotEmpty', outcome: 'NotSent', message: expect.stringContaining('vm-another') };
    await expect(renaming([another], { name: 'other-replica-a' })).rejects.toMatchObject(refused);
  });

  test('R2: keeps its name while it holds a machine to adopt that the inventory does not show yet', async () => {
    const refused = { code: 'FolderNotEmpty', message: expect.stringContaining('web-replica-late') };
    await expect(renaming([replica.machine.ref, another], { name: 'web-replica-late' })).rejects.toMatchObject(refused);
  });
});
