import { describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { DISK_COUNT_KEY, type Ownership, readOwnership } from '../../api/ownership';
import type { LiveVirtualMachine, VirtualDisk, VirtualMachine } from '../../vsphere/port';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { verifyAdoptable, verifyOwnDisks, verifyOwnership } from './verify';

const group = aGroup();
const replica = aReplica(group, { ordinal: 0 }, { name: 'web-1' });
const call = { operationId: 'test', signal: new AbortController().signal };

const live = (rest: Partial<LiveVirtualMachine> = {}): LiveVirtualMachine => ({
  ...replica.machine,
  vmPathName: '[ssd] web-1/web-1.vmx',
  disks: [],
  ...rest,
});

const contextWith = (answer: LiveVirtualMachine | undefined) => ({
  group,
  clusterId: CLUSTER_ID,
  calls: callsOf({ readVirtualMachine: async () => answer }),
});

const marked = (change: Record<string, string>): Partial<VirtualMachine> => ({
  extraConfig: { ...replica.machine.extraConfig, ...change },
});

describe('R1: a machine is verified live as ours, right before it is changed for good', () => {
  const verified = (answer: LiveVirtualMachine | undefined) => verifyOwnership(replica, contextWith(answer), call);

  test.each<[string, Partial<LiveVirtualMachine>]>([
    ['as it was', {}],
    ['moved by a person', { parent: { type: 'Folder', value: 'elsewhere' } }],
    ['renamed by a person', { name: 'pet' }],
    ['powered off', { powerState: 'poweredOff' }],
  ])('%s: ours', async (_what, rest) => {
    expect(await verified(live(rest))).toEqual(live(rest));
  });

  test('gone: nothing to do', async () => {
    expect(await verified(undefined)).toBeUndefined();
  });

  test.each<[string, Partial<VirtualMachine>]>([
    ['without marks', { extraConfig: {} }],
    ['of another group', marked({ 'codeconnect.uid': 'other' })],
    ['of another cluster', marked({ 'codeconnect.cluster': 'other' })],
    ["a person's clone, which carries the instance of its original", { instanceUuid: 'another' }],
  ])('%s: left as it is', async (_what, rest) => {
    await expect(verified(live(rest))).rejects.toMatchObject({
      ...{ code: 'OwnershipUnproven', outcome: 'NotSent' },
      message: 'web-1 does not carry the marks of this group any more: it is left as it is',
    });
  });

  test.each(['disconnected', 'inaccessible', 'orphaned', 'invalid'])('%s: left alone', async (connectionState) => {
    await expect(verified(live({ connectionState }))).rejects.toMatchObject({
      code: 'HostDisconnected',
      message: `web-1 is ${connectionState} in vCenter: it is left alone until its host or datastore is back`,
    });
  });

  test('connected and without a configuration: the message does not blame its host', async () => {
    await expect(verified(live({ unreadable: true }))).rejects.toMatchObject({
      message: 'vCenter does not tell the configuration of web-1: it is left alone until it does',
    });
  });

  test.each(['inaccessible', 'connected'])(
    '%s and without a configuration: waited for, not called foreign',
    async (state) => {
      const { instanceUuid: _, ...rest } = live({ connectionState: state, extraConfig: {}, unreadable: true });
      await expect(verified(rest)).rejects.toMatchObject({ code: 'HostDisconnected' });
    },
  );
});

describe('a machine to adopt is still what the person saw', () => {
  const former: Ownership = {
    cluster: 'former',
    group: 'shop/web',
    groupUid: 'former',
    slot: { ordinal: 0, revision: 'r' },
  };
  const formerMarks = marked({ 'codeconnect.cluster': 'former', 'codeconnect.uid': 'former' });
  const adoptFromClusters = ['former'];
  const verified = (answer: LiveVirtualMachine | undefined, owner: Ownership | undefined, rule = {}) =>
    verifyAdoptable(
      { machine: replica.machine, owner },
      { ...contextWith(answer), tenants: { adoptFromClusters }, isLiving: () => false, ...rule },
      call,
    );

  test('still of the earlier group, or still without marks', async () => {
    expect(await verified(live(formerMarks), former)).toBeDefined();
    expect(await verified(live({ extraConfig: {} }), undefined)).toBeDefined();
    expect(await verified(undefined, undefined)).toBeUndefined();
  });

  test('with another owner meanwhile: left as it is', async () => {
    await expect(verified(live(), undefined)).rejects.toMatchObject({ code: 'OwnershipUnproven' });
    await expect(verified(live(), former)).rejects.toMatchObject({ code: 'OwnershipUnproven' });
    expect(readOwnership(replica.machine)).toBeDefined();
  });

  test.each<[string, Partial<VirtualMachine>]>([
    ['in another cluster, of the same uid', marked({ 'codeconnect.cluster': 'other', 'codeconnect.uid': 'former' })],
    ['in the same cluster', marked({ 'codeconnect.cluster': 'former', 'codeconnect.uid': 'other' })],
    ['nobody any more', { extraConfig: {} }],
  ])('with another owner meanwhile, %s: left as it is', async (_, rest) => {
    const adoptFromAll = { tenants: { adoptFromClusters: ['former', 'other'] } };
    await expect(verified(live(rest), former, adoptFromAll)).rejects.toMatchObject({
      code: 'OwnershipUnproven',
      message: 'web-1 got another owner meanwhile: it is left as it is',
    });
  });

  test('R15: of a cluster that no administrator has named: left as it is', async () => {
    const { adoptFromClusters } = DEFAULT_TENANT_POLICY;
    await expect(verified(live(formerMarks), former, { tenants: { adoptFromClusters } })).rejects.toMatchObject({
      code: 'OwnershipUnproven',
      message: expect.stringContaining('belongs to cluster former'),
    });
  });

  test('R15: of a group of this cluster that exists: left as it is', async () => {
    const other = { ...former, cluster: CLUSTER_ID, groupUid: 'of-another' };
    const marks = marked({ 'codeconnect.uid': 'of-another' });
    expect(await verified(live(marks), other)).toBeDefined();
    await expect(verified(live(marks), other, { isLiving: () => true })).rejects.toMatchObject({
      code: 'OwnershipUnproven',
      message: expect.stringContaining('belongs to VmGroup shop/web, which exists'),
    });
  });
});

describe('a machine is destroyed only with disks that are its own', () => {
  const disk = (fileName: string, rest: Partial<VirtualDisk> = {}): VirtualDisk => ({
    key: 2000,
    label: 'Hard disk 1',
    fileName,
    ...rest,
  });
  const verified =
    (disks: readonly VirtualDisk[], rest: Partial<LiveVirtualMachine> = {}) =>
    () =>
      verifyOwnDisks(live({ disks, ...rest }));

  test.each<[string, VirtualDisk]>([
    ['in its directory', disk('[ssd] web-1/web-1.vmdk')],
    ['in a directory of that name on another datastore', disk('[hdd] web-1/web-1_1.vmdk')],
    ['for which vCenter reports no file', { key: 2001, label: 'Hard disk 2' }],
  ])('%s', (_what, own) => {
    expect(verified([own])).not.toThrow();
  });

  test.each<[string, VirtualDisk]>([
    ['in the directory of another machine', disk('[ssd] db/db.vmdk')],
    ['at the root of a datastore', disk('[ssd] lone.vmdk')],
    ['in a directory below its own', disk('[ssd] web-1/kept/kept.vmdk')],
    ['a first class disk, such as a Kubernetes volume', disk('[ssd] fcd/a.vmdk', { firstClassDiskId: 'x' })],
    ['a first class disk in its own directory', disk('[ssd] web-1/a.vmdk', { firstClassDiskId: 'x' })],
  ])('not: %s', (_what, foreign) => {
    expect(verified([disk('[ssd] web-1/web-1.vmdk'), foreign])).toThrow(
      expect.objectContaining({
        code: 'ForeignDisk',
        message: `web-1 is not destroyed because it holds a disk that is not its own: detach Hard disk 1 (${foreign.fileName})`,
      }),
    );
  });

  test('several foreign disks are told in one message', () => {
    const foreign = [disk('[ssd] db/db.vmdk'), disk('[ssd] lone.vmdk', { label: 'Hard disk 2' })];
    expect(verified(foreign)).toThrow(
      /: detach Hard disk 1 \(\[ssd\] db\/db.vmdk\), Hard disk 2 \(\[ssd\] lone.vmdk\)$/,
    );
  });

  test('a foreign disk without a file is told by its label', () => {
    expect(verified([{ key: 2001, label: 'Hard disk 2', firstClassDiskId: 'x' }])).toThrow(/: detach Hard disk 2$/);
  });

  const cloned = (count: string, disks: readonly VirtualDisk[]) =>
    verified(disks, { extraConfig: { ...live({}).extraConfig, [DISK_COUNT_KEY]: count } });

  test('one more than the clone had is not its own, wherever it lies: a person added it', () => {
    const added = disk('[nfs] web-1/web-1.vmdk', { key: 2001, label: 'Hard disk 2' });
    const disks = [added, disk('[ssd] web-1/web-1.vmdk')];
    expect(cloned('1', disks)).toThrow(
      'it has 2 disks, more than its clone had: of Hard disk 1 ([ssd] web-1/web-1.vmdk), Hard disk 2 ([nfs] web-1/web-1.vmdk) detach what was added',
    );
    expect(cloned('2', disks)).not.toThrow();
  });

  const at = (controllerKey: number, unitNumber: number, label: string, key: number) =>
    disk(`[ssd] web-1/${label}.vmdk`, { key, label, controllerKey, unitNumber });

  test('one that a person put in the place of a detached one is not its own, where the clone recorded its disks', () => {
    const [root, data, added] = [at(1000, 0, 'root', 2000), at(1000, 1, 'data', 2001), at(1000, 2, 'added', 2002)];
    const count = '2 root=1000:0 data=1000:1';
    expect(cloned(count, [root, data])).not.toThrow();
    expect(cloned(count, [root])).not.toThrow();
    expect(cloned(count, [root, added])).toThrow('not its own: detach added ([ssd] web-1/added.vmdk)');
    expect(cloned(count, [root, data, added])).toThrow('not its own: detach added ([ssd] web-1/added.vmdk)');
  });

  test('nobody is told to detach the root disk because of the kind of its controller', () => {
    const [root, added] = [at(31000, 0, 'root', 32000), at(1000, 0, 'added', 2000)];
    expect(cloned('1 root=31000:0', [root, added])).toThrow(/not its own: detach added \(\S+ \S+\)$/);
    expect(cloned('1', [root, added])).toThrow(/more than its clone had: of added .+, root .+ detach what was added$/);
  });

  test('of a template with more disks those that spec.disks does not name count too', () => {
    const named = [at(1000, 0, 'root', 2000), at(1000, 2, 'data', 2002)];
    const unnamed = at(1000, 1, 'second', 2001);
    const added = at(1000, 3, 'added', 2003);
    const count = '3 root=1000:0 data=1000:2';
    expect(cloned(count, [...named, unnamed])).not.toThrow();
    expect(cloned(count, [...named, unnamed, added])).toThrow(/it has 4 disks, .+: of second .+, added .+ detach/);
  });

  test('that Storage vMotion has put into another directory is still its own, by the name of its file', () => {
    expect(cloned('2', [disk('[vsan] 5f1a-77/web-1.vmdk'), disk('[vsan] 5f1a-77/web-1_1.vmdk')])).not.toThrow();
    expect(cloned('2', [disk('[vsan] 5f1a-77/web-10.vmdk')])).toThrow(
      'detach Hard disk 1 ([vsan] 5f1a-77/web-10.vmdk)',
    );
  });

  test.each([
    ['of another machine with a name as long', '[vsan] 5f1a-77/web-2.vmdk'],
    ['of which the name only begins so', '[vsan] 5f1a-77/web-1.vmdk.old'],
  ])('in another directory a file %s is not its own', (_, fileName) => {
    expect(cloned('1', [disk(fileName)])).toThrow(`detach Hard disk 1 (${fileName})`);
  });

  test('in another directory a file of its name is not its own where nobody counted the disks of its clone', () => {
    expect(verified([disk('[vsan] 5f1a-77/web-1.vmdk')])).toThrow('detach Hard disk 1');
  });

  test.each(['', 'many', '-1', '1e3'])('a count of %j is none: the directory alone tells', (count) => {
    expect(cloned(count, [disk('[ssd] web-1/web-1.vmdk'), disk('[ssd] web-1/web-1_1.vmdk')])).not.toThrow();
  });

  test('a renamed machine keeps its directory, so its disks stay its own', () => {
    expect(verified([disk('[ssd] web-1/web-1.vmdk')], { name: 'renamed' })).not.toThrow();
  });
});
