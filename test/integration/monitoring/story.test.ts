/** The metrics of a running operator, read by a real Prometheus: every alert in a story that deserves it, and every panel. */
import { beforeAll, expect, test } from 'vitest';
import { ALERTS } from '../../../src/constructs/operator-alerts';
import { findPrometheus } from '../../envtest/binaries/prometheus';
import type { Series } from '../../envtest/real-parts';
import { buildIfDue } from '../command';
import { MachineChanges } from '../machine-changes';
import { accountManifest, applyObject, vcenterManifest } from '../vcenter-manifests';
import { hasData, hasMoreThanZero, panels, recordIfWanted, shownBy } from './dashboard-data';
import { MonitoredWorld } from './monitored-world';

const forever = new AbortController().signal;

beforeAll(async () => {
  await buildIfDue();
  await findPrometheus(process.env, forever);
}, 900_000);

test('every alert fires when a person has to act, and ends after the cure; every panel shows what happened', async () => {
  const world = await MonitoredWorld.start();
  const { here, proxy, gate } = world;
  const { namespace } = here.facts;
  const apply = (name: string, spec: object) => here.applyIn('shop', name, { ...spec });
  const annotate = (name: string, key: string, value: string) =>
    here.run('annotate', 'vg', name, '-n', 'shop', '--overwrite', `vm.codeconnect.vmworld.com/${key}=${value}`);

  // There is no operator, then a wrong password, and a certificate that is valid for a day.
  await world.fires('VmOperatorAbsent');
  await applyObject(here, accountManifest('east-account', namespace, here.vcsim));
  await world.addEast('Proxy', { total: { vms: 7 }, perNamespace: { vms: 10 } });
  await applyObject(here, accountManifest('west-account', namespace, { ...here.vcsim, password: 'old' }));
  await applyObject(here, await vcenterManifest('west', here.vcsim));
  let operator = await world.operator();
  await apply('old', { powerOff: { mode: 'Hard' } });
  await apply('web', { replicas: 2 });
  await world.fires('VmOperatorVcenterLoginRefused');
  await world.fires('VmOperatorVcenterNotConnected');
  await applyObject(here, accountManifest('west-account', namespace, here.vcsim));
  await world.fires('VmOperatorVcenterCertificateEnds');
  await Promise.all([world.running('web'), world.running('old')]);
  await world.end(...ALERTS.map(({ alert }) => alert).filter((alert) => alert !== 'VmOperatorVcenterCertificateEnds'));

  // Processes end without giving up their Leases.
  for (let restarts = 0; restarts < 4; restarts += 1) operator = await world.restart(operator);
  await world.fires('VmOperatorRestarting');
  await world.fires('VmOperatorNotOneLeader');

  // One clone at a time, and a task that hangs: powering off lasts for longer than half a minute.
  await here.run('delete', 'vg', 'old', '-n', 'shop', '--wait=false');
  await apply('wide', { replicas: 4 });
  await apply('lost', { template: 'missing' });
  await world.fires('VmOperatorWorkWaits');
  await world.fires('VmGroupError');
  await world.fires('VmOperatorVcenterLimitNear');
  await world.fires('VmGroupNotReady');
  await here.run('delete', 'vg', 'lost', '-n', 'shop');
  await world.addEast('Proxy', { total: { vms: 100 }, perNamespace: { vms: 100 } });
  await world.end('VmGroupError', 'VmGroupNotReady', 'VmOperatorVcenterLimitNear', 'VmOperatorWorkWaits');

  // A datastore is full.
  const full = { type: 'NoDiskSpace', fieldsXml: '<file/><datastore>ssd-1</datastore>' };
  const free = proxy.add({ methods: ['CloneVM_Task'], failure: { kind: 'SoapFault', fault: full } });
  await apply('late', {});
  await world.fires('VmGroupLacksCapacity');
  await annotate('late', 'retry', '1');
  await world.fires('VmOperatorOperationsFail');
  free();
  await annotate('late', 'retry', '2');
  await world.running('late');
  await world.end('VmGroupLacksCapacity');

  // A machine is powered off behind our back. Others lose their group, and get it back.
  const [machine] = (await here.machines()).filter(({ group }) => group === 'shop/late');
  await new MachineChanges(here).setExtraConfig(machine?.id ?? '', { 'SET.runtime.powerState': 'poweredOff' });
  await here.until('the repair is told', async () => {
    const repaired = await world.prometheus.query('vm_operator_drift_to_repair_seconds_count', forever);
    return repaired.some(({ value }) => value > 0) ? [] : ['not yet'];
  });
  await annotate('web', 'force-orphan', 'true');
  await here.run('delete', 'vg', 'web', '-n', 'shop');
  await world.fires('VmOperatorUnownedMachines');
  proxy.add({ times: 1, methods: ['RetrievePropertiesEx'], failure: { kind: 'ExpireSession' } });
  await apply('web', { replicas: 2 });
  await annotate('web', 'adopt', 'Adopt');
  await world.running('web');

  // Nobody has to act: a group that shall be powered off, and older machines that the spec leaves to a person.
  await apply('off', { replicas: 3, powerState: 'PoweredOff' });
  await here.until('three replicas are stopped, and none is missing', async () => {
    const series = await world.prometheus.query('sum by (state) (vm_operator_replicas)', forever);
    const counts = Object.fromEntries(series.map(({ labels, value }) => [labels.state, value]));
    return counts.desired === counts.ready && counts.stopped === 3 ? [] : [JSON.stringify(counts)];
  });
  const kept = (restartToken: string) => apply('kept', { updateStrategy: { type: 'OnDelete', restartToken } });
  await kept('1');
  await world.running('kept');
  await kept('2');

  // The API server refuses the status, and then everything.
  await world.withoutRightToStatus(async () => {
    await apply('wide', { replicas: 5 });
    await world.fires('VmGroupReconcileErrors');
  });
  gate.set('Refuse');
  await world.fires('VmOperatorApiServerErrors');
  gate.set('Open');

  await world.hasFired('VmOperatorTasksOverdue');
  await world.addEast('Itself', { total: { vms: 100 }, perNamespace: { vms: 100 } });
  await world.end(...ALERTS.map(({ alert }) => alert));
  expect([...(await world.fired())].sort()).toEqual(ALERTS.map(({ alert }) => alert).sort());
  const shown = await shownBy(world);
  await recordIfWanted(world, shown);
  const queriesWithout = (isThere: (series: readonly Series[]) => boolean) =>
    shown.flatMap(({ targets }) => targets.filter(({ series }) => !isThere(series)).map(({ expr }) => expr));
  expect(queriesWithout(hasData), 'These queries of the dashboard have no data.').toEqual([]);
  const nothingButZero = queriesWithout(hasMoreThanZero);
  expect(
    nothingButZero.filter((expr) => !ZERO_WHEN_WELL.includes(expr)),
    'These queries of the dashboard show nothing of the story.',
  ).toEqual([]);
  // A target's label would have taken the place of one that a metric has itself.
  const renamed = (await world.range(EVERY_SERIES)).flatMap(({ labels }) =>
    Object.keys(labels).filter((label) => label.startsWith('exported_')),
  );
  expect([...new Set(renamed)]).toEqual([]);
  const nearest = shown.flatMap(({ targets }) => targets.filter(({ expr }) => expr.includes('namespace_limit')));
  const namespaces = nearest.flatMap(({ series }) => series.map(({ labels }) => labels.namespace));
  expect([...new Set(namespaces)]).toEqual(['shop']);
}, 240_000);

const EVERY_SERIES = '{job=~".+"}';

/** What may be 0 at each scrape: vCenter tells all right, and reconciles are faster than scrapes. */
const ZERO_WHEN_WELL = [
  'sum(increase(vsphere_unreadable_values_total{job=~"$job"}[1h]))',
  'sum(workqueue_depth{job=~"$job", controller="vmgroup"})',
  'sum(controller_runtime_active_workers{job=~"$job", controller="vmgroup"})',
];

test('a legend of the dashboard names no label that its query takes away', () => {
  for (const { title, targets = [] } of panels())
    for (const { expr, legendFormat } of targets) {
      const kept = /\bby \(([^)]*)\)/.exec(expr)?.[1] ?? 'instance';
      for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        expect(kept.split(', '), `${title}: ${legendFormat}`).toContain(label);
    }
});
