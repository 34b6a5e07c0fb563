/** VCenter objects on real parts: two simulators, two operators, and namespaces that go by their labels. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openVCenterWindow, startVcsim, type Vcsim } from '../envtest/real-parts';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const NO_ENVIRONMENT = { VC_HOST: undefined, VC_USER: undefined, VC_PASS: undefined, VC_CA_FILE: undefined };

async function simulator(): Promise<Vcsim> {
  const vcsim = await startVcsim(binaries, {}, forever);
  onTestFinished(() => vcsim.stop());
  return vcsim;
}

test('two operators share two vCenters, each group is on that of its namespace, and a killed operator is replaced', async () => {
  const here = await Installation.start(binaries);
  const west = await simulator();
  const sites = { east: here.vcsim, west } as const;
  for (const [site, vcsim] of Object.entries(sites)) {
    await addVCenter(here, site, vcsim);
    await addNamespace(here, `shop-${site}`, site);
  }
  const leads = {
    flags: ['--leader-elect', '--vcenter-objects-only'],
    environment: { ...NO_ENVIRONMENT, POD_NAMESPACE: here.facts.namespace },
  };
  const one = await here.operator(leads);
  const two = await here.operator(leads);
  await here.run('wait', '--for=condition=Ready', 'vcenter', '--all', '--timeout=60s');
  await here.run('wait', '--for=condition=PrivilegesSufficient', 'vcenter', '--all', '--timeout=60s');
  const shown = await here.run('get', 'vcenter', 'east', '-o', 'jsonpath={.status.certificate.sha256}');
  expect(shown.trim()).toBe(new X509Certificate(await readFile(here.vcsim.caFile, 'utf8')).fingerprint256);
  for (const site of Object.keys(sites)) await here.applyIn(`shop-${site}`, 'web', { replicas: 2 });
  for (const site of Object.keys(sites))
    await here.run('wait', '--for=condition=Ready', 'vg/web', '-n', `shop-${site}`, '--timeout=60s');

  const windows = {
    east: here.vcenter,
    west: await openVCenterWindow(west, forever),
  };
  const ownersOn = async (site: keyof typeof sites) =>
    (await windows[site].machines(forever)).flatMap(({ group }) => group ?? []);
  expect(await ownersOn('east')).toEqual(Array(2).fill('shop-east/web'));
  expect(await ownersOn('west')).toEqual(Array(2).fill('shop-west/web'));

  await one.kill();
  for (const site of Object.keys(sites)) await here.run('scale', 'vg/web', '-n', `shop-${site}`, '--replicas=3');
  for (const site of Object.keys(sites)) {
    const ready = '--for=jsonpath={.status.readyReplicas}=3';
    await here.run('wait', ready, 'vg/web', '-n', `shop-${site}`, '--timeout=60s');
  }
  expect(await ownersOn('east')).toEqual(Array(3).fill('shop-east/web'));
  expect(await ownersOn('west')).toEqual(Array(3).fill('shop-west/web'));
  expect(two.log.last(1000)).not.toMatch(/forbidden/i);

  // A VCenter stays while a group lives on it.
  await here.run('delete', 'vcenter', 'west', '--wait=false');
  await here.run('delete', 'vg', 'web', '-n', 'shop-west', '--timeout=60s');
  await here.run('wait', '--for=delete', 'vcenter/west', '--timeout=60s');
  expect(await ownersOn('west')).toEqual([]);
});
