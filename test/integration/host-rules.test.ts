/** DRS rules of groups, on a real API server and the vCenter simulator, which keeps rules and has no DRS that acts by them. */
import { beforeAll, expect, inject, test } from 'vitest';
import type { XmlElement } from '../envtest/real-parts/xml-tree';
import { LISTED_PRIVILEGES, READ_ONLY } from '../envtest/strict-vcenter/strict-options';
import { buildIfDue } from './command';
import { Installation } from './installation';

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

  async change(operation: 'add' | 'edit', name: string, machines: readonly string[], key = ''): Promise<void> {
    const vms = machines.map((id) => `<vm type="VirtualMachine">${id}</vm>`).join('');
    const info = `<info xsi:type="ClusterAntiAffinityRuleSpec">${key}<enabled>true</enabled><name>${name}</name>${vms}</info>`;
    const spec = `<spec xsi:type="ClusterConfigSpecEx"><rulesSpec><operation>${operation}</operation>${info}</rulesSpec></spec>`;
    const parameters = `${spec}<modify>true</modify>`;
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
