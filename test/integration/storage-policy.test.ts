/** spec.placement.storagePolicy, on a real API server and the vCenter simulator, which has policies and ignores that of a clone. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startHttpProxy } from '../envtest/proxies/http-proxy';
import { targetOf } from '../envtest/proxies/tcp-gate';
import { buildIfDue } from './command';
import { Installation } from './installation';
import { addNamespace, addVCenter } from './vcenter-manifests';

const binaries = inject('binaries');
beforeAll(buildIfDue);

const POLICY = 'vSAN Default Storage Policy';
const ID = 'aa6d5a82-1c88-45da-85d3-3d74b91a5bad';
const OTHER_ID = 'f4e5bade-15a2-4805-bf8e-52318c4ce443';

/** The bodies of all requests of an operator, in their order. */
async function recorded(here: Installation) {
  const bodies: string[] = [];
  const target = { ...targetOf(here.vcsim.url), ca: await readFile(here.vcsim.caFile, 'utf8') };
  const proxy = await startHttpProxy({ target, onRequest: ({ body }) => bodies.push(body) });
  onTestFinished(() => proxy.close());
  const caFile = path.join(here.server.folder, 'recorder.pem');
  await writeFile(caFile, proxy.cert);
  const requestsOf = (method: string) => bodies.filter((body) => body.includes(`<${method} xmlns=`));
  return { vcsim: { ...here.vcsim, host: proxy.host, caFile }, requestsOf };
}

test('machines are cloned with the policy for their home and disks; another one replaces them; one that is not there or not allowed changes nothing', async () => {
  const here = await Installation.start(binaries, { datastores: 2 });
  const { vcsim, requestsOf } = await recorded(here);
  await addNamespace(here, 'shop', 'shop');
  await addVCenter(here, 'shop', vcsim, { allowed: { storagePolicies: ['vSAN *', 'VVol*', 'Gold'] } });
  await here.operator({ flags: ['--vcenter-objects-only'], environment: { POD_NAMESPACE: here.facts.namespace } });
  const machines = async () => (await here.machines()).filter(({ group }) => group === 'shop/web');
  const give = (storagePolicy?: string) =>
    here.applyIn('shop', 'web', { replicas: 2, ...(storagePolicy !== undefined && { placement: { storagePolicy } }) });
  const conditionsOf = async () => {
    const { status = {}, metadata } = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'shop', '-o', 'json'));
    const of = (type: string) =>
      (status.conditions ?? []).find(
        (one: { type: string; observedGeneration: number }) =>
          one.type === type && one.observedGeneration === metadata.generation,
      );
    return { ready: of('Ready')?.status, placement: of('PlacementReady') };
  };
  const untilReady = () =>
    here.until('two machines that are ready', async () => {
      const { ready } = await conditionsOf();
      return ready === 'True' && (await machines()).length === 2 ? [] : [`Ready is ${ready}`];
    });
  const untilPlacement = (reason: string) =>
    here.until(reason, async () => {
      const { placement } = await conditionsOf();
      return placement?.reason === reason ? [] : [JSON.stringify(placement)];
    });

  await give();
  await untilReady();
  expect(requestsOf('PbmQueryProfile')).toEqual([]);
  const plain = (await machines()).map(({ id }) => id);

  await give(POLICY);
  await untilReady();
  const first = (await machines()).map(({ id }) => id);
  expect(first.filter((id) => plain.includes(id))).toEqual([]);
  for (const clone of requestsOf('CloneVM_Task').slice(2)) {
    const [, location = ''] = /<location>(.*)<\/location>/s.exec(clone) ?? [];
    const profile = `<profile xsi:type="VirtualMachineDefinedProfileSpec"><profileId>${ID}</profileId></profile>`;
    expect(location).toContain(`${profile}</disk>${profile}`);
    expect(location).toMatch(/<datastore type="Datastore">/);
  }
  expect(requestsOf('PbmQueryProfile').length).toBeGreaterThan(0);

  await give('Gold');
  await untilPlacement('StoragePolicyNotFound');
  await give('Host-local PMem Default Storage Policy');
  await untilPlacement('NotAllowed');
  expect((await machines()).map(({ id }) => id)).toEqual(first);

  await give('VVol No Requirements Policy');
  await untilReady();
  expect((await machines()).filter(({ id }) => first.includes(id))).toEqual([]);
  expect(requestsOf('CloneVM_Task').at(-1)).toContain(OTHER_ID);
});
