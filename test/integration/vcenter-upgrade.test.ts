/** A rolling upgrade of an operator with two replicas and VCenter objects, while clones run. */
import { expect, inject, onTestFinished, test } from 'vitest';
import { type OperatorProcess, openVCenterWindow, startVcsim, type VCenterWindow } from '../envtest/real-parts';
import { DuplicateWatch } from './duplicate-watch';
import { Installation } from './installation';
import { StatusWatch } from './status-watch';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const NO_ENVIRONMENT = { VC_HOST: undefined, VC_USER: undefined, VC_PASS: undefined, VC_CA_FILE: undefined };
const SITES = ['east', 'west'] as const;
const REPLICAS = 5;
/** Longer than a process takes to end and the next one to lead. */
const SLOW = { delaysMs: { CloneVm: 4_000 } };

/** Clones that vCenter works on at this moment. The simulator calls them VirtualMachine.cloneVm. */
async function runningClones(window: VCenterWindow): Promise<number> {
  const recent = await window.property('TaskManager', 'TaskManager', 'recentTask', forever);
  const of = (task: string, path: string) => window.property('Task', task, path, forever);
  let running = 0;
  for (const { text: task } of recent?.findAll('ManagedObjectReference') ?? []) {
    const [kind, state] = [await of(task, 'info.descriptionId'), await of(task, 'info.state')];
    if (kind?.text.startsWith('VirtualMachine.clone') && state?.text === 'running') running += 1;
  }
  return running;
}

test('R2, R5, R7: a rolling upgrade of the operator while clones run makes each machine once, and no status is wrong', async () => {
  const here = await Installation.start(binaries, SLOW);
  const west = await startVcsim(binaries, SLOW, forever);
  onTestFinished(() => west.stop());
  for (const [site, vcsim] of [
    ['east', here.vcsim],
    ['west', west],
  ] as const) {
    await addVCenter(here, site, vcsim);
    await addNamespace(here, site, site);
  }
  const windows = [here.vcenter, await openVCenterWindow(west, forever)];
  const machines = async () => (await Promise.all(windows.map((window) => window.machines(forever)))).flat();
  const replica = () =>
    here.operator({
      flags: ['--leader-elect', '--vcenter-objects-only'],
      environment: { ...NO_ENVIRONMENT, POD_NAMESPACE: here.facts.namespace },
    });
  const clonesRun = () =>
    here.until('clones run on both', async () => {
      const running = await Promise.all(windows.map(runningClones));
      return running.every((count) => count > 0) ? [] : [`${running} clones run`];
    });
  const leaders = async () =>
    (await here.run('get', 'vcenters', '-o', 'jsonpath={.items[*].status.leader}'))
      .split(' ')
      .filter((name) => name !== '');

  const old: OperatorProcess[] = [await replica(), await replica()];
  await here.run('wait', '--for=condition=Ready', 'vcenter', '--all', '--timeout=60s');
  const before = new Set(await leaders());
  const duplicates = new DuplicateWatch({ machines }, REPLICAS);
  onTestFinished(() => duplicates.end());
  const statuses = new StatusWatch(here.server, machines);
  onTestFinished(() => statuses.end());

  for (const site of SITES) await here.applyIn(site, 'web', { replicas: 2 });
  for (const one of old) {
    await clonesRun();
    expect(await one.stop()).toBe('exit code 0');
    await replica();
    // The second one is stopped while these run.
    for (const site of SITES) await here.run('scale', 'vg/web', '-n', site, `--replicas=${REPLICAS}`);
  }
  for (const site of SITES) {
    const ready = `--for=jsonpath={.status.readyReplicas}=${REPLICAS}`;
    await here.run('wait', ready, 'vg/web', '-n', site, '--timeout=60s');
    await here.run('wait', '--for=condition=Ready', 'vg/web', '-n', site, '--timeout=60s');
  }
  await here.until('new processes lead', async () => (await leaders()).filter((name) => before.has(name)));

  await Promise.all([duplicates.end(), statuses.end()]);
  expect(duplicates.seen).toEqual([]);
  expect(statuses.seen).toEqual([]);
  expect(statuses.looks).toBeGreaterThan(SITES.length);
  const own = (await machines()).filter(({ group }) => group !== undefined);
  expect(own.map(({ group }) => group).sort()).toEqual(SITES.flatMap((site) => Array(REPLICAS).fill(`${site}/web`)));
  expect(new Set(own.map(({ instanceUuid }) => instanceUuid)).size).toBe(own.length);
  expect(own.filter(({ powerState }) => powerState !== 'poweredOn')).toEqual([]);
});
