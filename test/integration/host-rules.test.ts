/** DRS rules of groups, on a real API server and the vCenter simulator, which keeps rules and has no DRS that acts by them. */
import { beforeAll, expect, inject, test } from 'vitest';
import type { XmlElement } from '../envtest/real-parts/xml-tree';
import { LISTED_PRIVILEGES, READ_ONLY } from '../envtest/strict-vcenter/strict-options';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const within = () => AbortSignal.timeout(30_000);
beforeAll(buildIfDue);

const EDIT = 'Host.Inventory.EditCluster';
const WITHOUT_RULES = {
  path: '/vcqaDC/host',
  privileges: [...READ_ONLY, ...LISTED_PRIVILEGES.host].filter((privilege) => privilege !== EDIT),
};
const CLUSTER = '/vcqaDC/host/DC0_C0';
const APART = { placement: { cluster: CLUSTER, hostAntiAffinity: 'Preferred' } };
const AS_IT_LIKES = { placement: { cluster: CLUSTER } };

class Rules {
  private constructor(
    private readonly here: Installation,
    readonly cluster: string,
  ) {}

  static async of(here: Installation): Promise<Rules> {
    return new Rules(here, await here.vcenter.first('ClusterComputeResource', within()));
  }

  async all(): Promise<readonly XmlElement[]> {
    const config = await this.here.vcenter.property(
      'ClusterComputeResource',
      this.cluster,
      'configurationEx',
      within(),
    );
    return config?.children.filter(({ name }) => name === 'rule') ?? [];
  }

  /** By name: the machines of each. */
  async members(): Promise<Readonly<Record<string, readonly string[]>>> {
    const rules = await this.all();
    return Object.fromEntries(
      rules.map((rule) => [
        rule.find('name')?.text ?? '',
        rule.children.flatMap(({ name, text }) => (name === 'vm' ? [text] : [])).sort(),
      ]),
    );
  }

  /** By name: the members of each group, of machines or hosts. */
  async groups(): Promise<Readonly<Record<string, readonly string[]>>> {
    const config = await this.here.vcenter.property(
      'ClusterComputeResource',
      this.cluster,
      'configurationEx',
      within(),
    );
    const groups = config?.children.filter(({ name }) => name === 'group') ?? [];
    const membersOf = (group: XmlElement) =>
      group.children.flatMap(({ name, text }) => (name === 'vm' || name === 'host' ? [text] : []));
    return Object.fromEntries(groups.map((group) => [group.find('name')?.text ?? '', membersOf(group).sort()]));
  }

  async hosts(): Promise<readonly string[]> {
    const told = await this.here.vcenter.property('ClusterComputeResource', this.cluster, 'host', within());
    return told?.children.map(({ text }) => text) ?? [];
  }

  async addHostGroup(name: string, hosts: readonly string[]): Promise<void> {
    const members = hosts.map((id) => `<host type="HostSystem">${id}</host>`).join('');
    const info = `<info xsi:type="ClusterHostGroup"><name>${name}</name>${members}</info>`;
    await this.reconfigure(`<groupSpec><operation>add</operation>${info}</groupSpec>`);
  }

  async change(operation: 'add' | 'edit', name: string, machines: readonly string[], key = ''): Promise<void> {
    const vms = machines.map((id) => `<vm type="VirtualMachine">${id}</vm>`).join('');
    const info = `<info xsi:type="ClusterAntiAffinityRuleSpec">${key}<enabled>true</enabled><name>${name}</name>${vms}</info>`;
    await this.reconfigure(`<rulesSpec><operation>${operation}</operation>${info}</rulesSpec>`);
  }

  private async reconfigure(change: string): Promise<void> {
    const parameters = `<spec xsi:type="ClusterConfigSpecEx">${change}</spec><modify>true</modify>`;
    await this.here.vcenter.invoke(
      'ReconfigureComputeResource_Task',
      'ClusterComputeResource',
      this.cluster,
      parameters,
      within(),
    );
  }

  async until(what: string, isSo: (members: Readonly<Record<string, readonly string[]>>) => boolean): Promise<void> {
    await this.here.until(what, async () => {
      const members = await this.members();
      return isSo(members) ? [] : [JSON.stringify(members)];
    });
  }
}

const idsOf = async (here: Installation, name: string) => (await here.machinesOf(name)).map(({ id }) => id).sort();

test('replicas are kept apart by one rule, which follows them and goes with the field; rules of others stay', async () => {
  const here = await Installation.start(binaries, { machines: 1 });
  const rules = await Rules.of(here);
  const { id: other = '' } = (await here.machines()).find(({ isTemplate }) => !isTemplate) ?? {};
  await rules.change('add', 'made by a person', [other]);
  const first = await here.operator();
  await here.apply('web', { replicas: 2, ...APART });
  await here.untilRunning('web', 2);
  const own = /^vmop\.[0-9a-f]{12}\.apart\.default\.web$/;
  const ownIn = (members: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(members).flatMap(([name, ids]) => (own.test(name) ? [ids] : []));
  const untilApart = async () => {
    const ids = await idsOf(here, 'web');
    await rules.until(`${ids} apart`, (members) => JSON.stringify(ownIn(members)) === JSON.stringify([ids]));
  };
  await untilApart();
  const written = (await rules.all()).find((rule) => own.test(rule.find('name')?.text ?? ''));
  expect([written?.find('enabled')?.text, written?.find('mandatory')?.text]).toEqual(['true', 'false']);

  await here.run('scale', 'vg/web', '--replicas=4');
  await here.untilRunning('web', 4);
  await untilApart();
  await first.kill();
  await here.operator();
  await here.run('scale', 'vg/web', '--replicas=3');
  await here.untilRunning('web', 3);
  await untilApart();

  await here.apply('web', { replicas: 3, ...AS_IT_LIKES });
  await rules.until('the rule removed', (members) => ownIn(members).length === 0);
  await here.apply('web', { replicas: 2, ...APART });
  await here.untilRunning('web', 2);
  await untilApart();
  await here.run('delete', 'vg', 'web', '--wait=false');
  await here.untilGone('web');
  expect(await rules.members()).toEqual({ 'made by a person': [other] });
});

test('R1: a rule that a person gave another machine is left as it is, and the status says so; the replicas run', async () => {
  const here = await Installation.start(binaries, { machines: 1 });
  const rules = await Rules.of(here);
  const { id: other = '' } = (await here.machines()).find(({ isTemplate }) => !isTemplate) ?? {};
  await here.operator();
  await here.apply('web', { replicas: 2, ...APART });
  await rules.until('a rule', (members) => Object.keys(members).length === 1);
  const [name = ''] = Object.keys(await rules.members());
  const key = `<key>${(await rules.all())[0]?.find('key')?.text}</key>`;
  const changed = [...(await idsOf(here, 'web')), other];
  await rules.change('edit', name, changed, key);
  await here.run('scale', 'vg/web', '--replicas=3');
  await here.untilRunning('web', 3);
  await here.until('HostRulesNotWritten', async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
    const synced = status.conditions.find(({ type }: { type: string }) => type === 'ConfigSynced');
    return synced?.reason === 'HostRulesNotWritten' && synced.message.includes('not of this group')
      ? []
      : [synced?.message];
  });
  await here.run('delete', 'vg', 'web', '--wait=false');
  await here.untilGone('web');
  expect(Object.keys(await rules.members())).toEqual([name]);
  const events = await here.run('get', 'events', '-o', 'jsonpath={.items[*].reason}');
  expect(events).toContain('HostRuleKept');
});

test('without the privilege the replicas run, and the status names it', async () => {
  const here = await Installation.start(binaries, { strict: { permissions: [WITHOUT_RULES] } });
  await here.operator();
  await here.apply('web', { replicas: 2, ...APART });
  await here.untilRunning('web', 2);
  await here.until('HostRulesNotWritten', async () => {
    const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
    const synced = status.conditions.find(({ type }: { type: string }) => type === 'ConfigSynced');
    return synced?.message.includes(EDIT) ? [] : [synced?.message];
  });
  const { status } = JSON.parse(await here.run('get', 'vg', 'web', '-o', 'json'));
  expect(status.phase).toBe('RUNNING');
});

test('two failure domains share a cluster by their host groups, also across kill -9 without a status', async () => {
  const here = await Installation.start(binaries);
  const rules = await Rules.of(here);
  const [first = '', second = ''] = await rules.hosts();
  await rules.addHostGroup('rack 1', [first]);
  await addNamespace(here, 'shop', 'lab');
  const domain = (name: string, hostGroup: string) => ({ name, cluster: CLUSTER, hostGroup });
  await addVCenter(here, 'lab', here.vcsim, { failureDomains: [domain('one', 'rack 1'), domain('two', 'rack 2')] });
  const options = { flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } };
  const operator = await here.operator(options);
  const placement = { spread: { whenUnsatisfiable: 'DoNotSchedule' } };
  await here.applyIn('shop', 'web', { replicas: 2, placement });
  await here.until('the fault of the host group that is missing', async () => {
    const text = await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json');
    return text.includes('has no DRS host group') && text.includes('rack 2') ? [] : ['no fault'];
  });
  await rules.addHostGroup('rack 2', [second]);
  await here.run('annotate', 'vg', 'web', '-n', 'shop', 'vm.codeconnect.vmworld.com/retry=now');

  interface Told {
    readonly moRef: string;
    readonly failureDomain?: string;
  }
  const replicas = async (): Promise<readonly Told[]> =>
    JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json')).status?.replicas ?? [];
  const inGroups = async (): Promise<readonly (readonly [string, readonly string[]])[]> =>
    Object.entries(await rules.groups()).flatMap(([name, ids]) => {
      const [, of] = /^vmop\.[0-9a-f]{12}\.domain-[0-9a-f]{8}\.(one|two)\.shop\.web$/.exec(name) ?? [];
      return of === undefined ? [] : [[of, ids] as const];
    });
  const untilKept = (count: number) =>
    here.until(`${count} machines on the hosts of their domains`, async () => {
      const told = await replicas();
      const wanted = ['one', 'two'].flatMap((name) => {
        const ids = told.flatMap(({ moRef, failureDomain }) => (failureDomain === name ? [moRef] : [])).sort();
        return ids.length === 0 ? [] : [[name, ids] as const];
      });
      const kept = (await inGroups()).toSorted();
      const isSo = told.length === count && JSON.stringify(kept) === JSON.stringify(wanted);
      return isSo ? [] : [JSON.stringify({ kept, wanted, told })];
    });
  await untilKept(2);
  expect((await inGroups()).map(([name, ids]) => [name, ids.length]).toSorted()).toEqual([
    ['one', 1],
    ['two', 1],
  ]);
  for (const [name, ids] of await inGroups()) {
    const host = await here.vcenter.property('VirtualMachine', ids[0] ?? '', 'runtime.host', within());
    expect([name, host?.text]).toEqual([name, name === 'one' ? first : second]);
  }
  expect((await rules.all()).map((rule) => rule.find('affineHostGroupName')?.text).sort()).toEqual([
    'rack 1',
    'rack 2',
  ]);

  // A restored API server may not know which machine is in which domain: the rules tell.
  const before = JSON.stringify((await inGroups()).toSorted());
  await operator.kill();
  await here.run(
    'patch',
    'vg',
    'web',
    '-n',
    'shop',
    '--subresource=status',
    '--type=merge',
    '-p',
    '{"status":{"replicas":null}}',
  );
  await here.operator(options);
  await untilKept(2);
  expect(JSON.stringify((await inGroups()).toSorted())).toBe(before);

  await here.run('delete', 'vg', 'web', '-n', 'shop', '--wait=false');
  await here.untilGone('web');
  expect(Object.keys(await rules.groups()).sort()).toEqual(['rack 1', 'rack 2']);
  expect(await rules.all()).toEqual([]);
});
