/** From the last release to this checkout, and back, with groups that run. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import type { OperatorOptions, OperatorProcess } from '../envtest/real-parts';
import { lastRelease } from '../upgrade/release';
import { accountOf, expectOnlyReads, watched } from './command';
import { Installation } from './installation';

const binaries = inject('binaries');
const GROUPS = {
  web: { replicas: 3, guest: { cloudInit: { userData: { value: '#cloud-config\n{}\n' } } } },
  resting: { replicas: 2, powerState: 'PoweredOff' },
  kept: { replicas: 1, deletionPolicy: 'Orphan', paused: true },
};

/** When each condition got its present state. */
function conditionsOf(here: Installation, name: string): Promise<string> {
  const path = '{range .status.conditions[*]}{.type} {.status} {.lastTransitionTime}{"\\n"}{end}';
  return here.run('get', 'vg', name, '-o', `jsonpath=${path}`);
}

/** Each group was reconciled, and nothing of it waits. */
async function settled(here: Installation, { metricsUrl }: OperatorProcess): Promise<void> {
  const numberIn = (text: string, name: RegExp) => Number(new RegExp(`^${name.source} (\\d+)$`, 'm').exec(text)?.[1]);
  await here.until('all groups are reconciled', async () => {
    const text = await (await fetch(`${metricsUrl}/metrics`)).text();
    const done = numberIn(text, /controller_runtime_reconcile_total\{controller="vmgroup",result="success"\}/);
    const depth = numberIn(text, /workqueue_depth\{name="vmgroup",controller="vmgroup"\}/);
    return done >= Object.keys(GROUPS).length && depth === 0 ? [] : [`${done} reconciled, ${depth} wait`];
  });
}

test('R1, R4: an upgrade from the last release, and the way back, touch no machine; groups stay valid, conditions go on', async () => {
  const here = await Installation.start(binaries);
  const release = lastRelease();
  const file = async (name: string, text: string) => {
    const target = path.join(here.server.folder, name);
    await writeFile(target, text);
    return target;
  };
  const program = await file('released-vm-operator.js', release.operator);
  const crds = await file('released-crds.yaml', release.crds);
  const installation = await file('released-installation.yaml', release.installation);
  const { account, methods } = await watched(here.vcsim);
  const environment = { POD_NAMESPACE: here.facts.namespace };
  const run = (options: Partial<OperatorOptions>) => here.operator({ flags: ['--leader-elect'], ...options });
  /** An operator that finds everything as it should be. */
  const looksOnly = async (options: Partial<OperatorOptions>) => {
    methods.length = 0;
    const operator = await run({ ...options, environment: { ...environment, ...account } });
    await settled(here, operator);
    expect(await operator.stop()).toBe('exit code 0');
    expectOnlyReads(methods);
  };

  await here.run('apply', '-f', crds, '-f', installation);
  const old = await run({ program, environment: { ...environment, ...accountOf(here.vcsim) } });
  for (const [name, spec] of Object.entries(GROUPS)) await here.apply(name, { ...spec, paused: false });
  await here.untilRunning('web', 3);
  for (const name of ['resting', 'kept'])
    await here.run('wait', '--for=condition=Progressing=true', `vg/${name}`, '--timeout=60s');
  await here.until('two machines stay off', async () =>
    (await here.machinesOf('resting')).length === 2 ? [] : ['not yet'],
  );
  await here.untilRunning('kept', 1);
  await here.apply('kept', GROUPS.kept);
  await here.run('wait', '--for=condition=Paused', 'vg/kept', '--timeout=60s');
  await old.stop();
  const machines = await here.machines();
  const conditions = await conditionsOf(here, 'web');

  await here.run('apply', ...here.facts.crdFiles.flatMap((name) => ['-f', name]));
  await here.run('apply', ...here.facts.otherFiles.flatMap((name) => ['-f', name]));
  await looksOnly({});
  expect(await here.machines()).toEqual(machines);
  expect(await conditionsOf(here, 'web')).toEqual(conditions);
  const stored = await file('stored.json', await here.run('get', 'vg', '-A', '-o', 'json'));
  await here.run('replace', '--dry-run=server', '-f', stored);

  // The CRDs stay: their API only grows.
  await here.run('apply', '-f', installation);
  await looksOnly({ program });
  expect(await here.machines()).toEqual(machines);
  expect(await conditionsOf(here, 'web')).toEqual(conditions);
});
