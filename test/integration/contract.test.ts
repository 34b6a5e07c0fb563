import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { vCenterCrd } from '../../imports/vcenter-crd';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import {
  ACCEPTED_VCENTERS,
  PLAIN_VCENTER,
  REFUSED_VCENTERS,
  type WrittenVCenterSpec,
} from '../contract/vcenter-object/cases';
import { ACCEPTED, type WrittenSpec } from '../contract/vm-group/accepted-cases';
import { REFUSED } from '../contract/vm-group/refused-cases';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { type ApiServer, startApiServer } from '../envtest/real-parts';

const binaries = inject('binaries');
const forever = new AbortController().signal;

let server: ApiServer;
let kubectl: Kubectl;
let written = 0;

beforeAll(async () => {
  server = await startApiServer(binaries, {}, forever);
  kubectl = kubectlFor(server);
  await mkdir(path.join(server.folder, 'objects'), { recursive: true });
  const crds = path.join(server.folder, 'crds.yaml');
  await writeFile(crds, [vmGroupCrd, vCenterCrd].map((crd) => stringify(crd)).join('---\n'));
  await kubectl(['apply', '-f', crds], forever);
  await waitUntilServed(kubectl, [vmGroupCrd.metadata.name, vCenterCrd.metadata.name], forever);
  return () => server.stop();
});

async function apply(name: string, spec: WrittenSpec): Promise<string> {
  const metadata = { name, namespace: 'default' };
  return applied({ kind: 'VmGroup', metadata, spec: { cpu: 1, memory: 1, replicas: 1, template: 't', ...spec } });
}

async function applyVCenter(name: string, spec: WrittenVCenterSpec): Promise<string> {
  return applied({ kind: 'VCenter', metadata: { name }, spec: { ...PLAIN_VCENTER, ...spec } });
}

async function applied(object: { readonly kind: string; readonly metadata: object; readonly spec: object }) {
  written += 1;
  const file = path.join(server.folder, 'objects', `${written}.json`);
  await writeFile(file, JSON.stringify({ apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', ...object }));
  return kubectl(['apply', '--validate=strict', '-f', file], forever);
}

async function refusal(attempt: Promise<string>): Promise<string> {
  return attempt.then(
    (answer) => `accepted: ${answer}`,
    (error: unknown) => String(error),
  );
}

describe('the API server accepts', () => {
  test.for(ACCEPTED)('%s', async ([, spec]) => {
    expect(await apply(`accepted-${written}`, spec)).toMatch(/created/);
  });
});

describe('the API server refuses, and names the field,', () => {
  test.for(REFUSED)('%s', async ([, spec, naming]) => {
    expect(await refusal(apply('refused', spec))).toMatch(naming);
  });

  test('a datacenter that is changed or removed after it was set', async () => {
    await apply('moved', { placement: { datacenter: 'a' } });
    expect(await refusal(apply('moved', { placement: { datacenter: 'b' } }))).toMatch(
      /datacenter cannot be changed once set/,
    );
    expect(await refusal(apply('moved', {}))).toMatch(/datacenter cannot be changed once set/);
  });

  test('a disk that gets smaller', async () => {
    await apply('grown', { disks: { rootSizeGiB: 40, extra: [{ name: 'data', sizeGiB: 20 }] } });
    const attempt = (rootSizeGiB: number, sizeGiB: number) =>
      refusal(apply('grown', { disks: { rootSizeGiB, extra: [{ name: 'data', sizeGiB }] } }));
    expect(await attempt(39, 20)).toMatch(/spec\.disks\.rootSizeGiB.*cannot get smaller/);
    expect(await attempt(40, 19)).toMatch(/sizeGiB.*cannot get smaller, because no disk can shrink/);
    expect(await refusal(apply('grown', {}))).toMatch(/rootSizeGiB.*cannot get smaller or be removed/);
    expect(await attempt(41, 21)).toMatch(/accepted/);
  });

  test('a VCenter that is changed or removed after it was set', async () => {
    await apply('bound', {});
    await apply('bound', { vcenterRef: { name: 'east' } });
    const changed = /spec\.vcenterRef\.name.*cannot be changed once set; create a new group/s;
    expect(await refusal(apply('bound', { vcenterRef: { name: 'west' } }))).toMatch(changed);
    expect(await refusal(apply('bound', {}))).toMatch(changed);
  });

  test('a name that is too long for the names of machines', async () => {
    expect(await refusal(apply('n'.repeat(63), {}))).toMatch(/at most 62 characters/);
  });
});

test('a group without the optional fields is stored with their defaults', async () => {
  await apply('defaults', {});
  onTestFinished(async () => {
    await kubectl(['delete', 'vg', 'defaults'], forever);
  });
  const stored: unknown = JSON.parse(await kubectl(['get', 'vg', 'defaults', '-o', 'json'], forever));
  expect(stored).toMatchObject({
    spec: {
      minReadySeconds: 0,
      progressDeadlineSeconds: 1800,
      powerState: 'PoweredOn',
      deletionPolicy: 'Delete',
      paused: false,
    },
  });
});

describe('the API server accepts a VCenter with', () => {
  test.for(ACCEPTED_VCENTERS)('%s', async ([, spec]) => {
    expect(await applyVCenter(`accepted-${written}`, spec)).toMatch(/created/);
  });
});

describe('the API server refuses a VCenter, and names the field, with', () => {
  test.for(REFUSED_VCENTERS)('%s', async ([, spec, naming]) => {
    expect(await refusal(applyVCenter('refused', spec))).toMatch(naming);
  });

  test.for<[string, WrittenVCenterSpec, WrittenVCenterSpec]>([
    ['changed', { clusterName: 'east' }, { clusterName: 'west' }],
    ['removed', { clusterName: 'east' }, {}],
    ['set later', {}, { clusterName: 'east' }],
  ])('a cluster name that is %s', async ([title, before, after]) => {
    const name = title.replace(' ', '-');
    await applyVCenter(name, before);
    expect(await refusal(applyVCenter(name, after))).toMatch(/spec\.clusterName.*cannot be set, changed or removed/s);
  });

  test('a URL as host, with the remedy', async () => {
    expect(await refusal(applyVCenter('url', { endpoint: { host: 'https://vc/sdk' } }))).toMatch(/leave out https:/);
  });
});

test('a VCenter without the optional fields is stored with their defaults, and kubectl get vc shows it', async () => {
  await applyVCenter('plain', { tls: {} });
  const stored: unknown = JSON.parse(await kubectl(['get', 'vc', 'plain', '-o', 'json'], forever));
  expect(stored).toMatchObject({
    spec: {
      endpoint: { port: 443 },
      credentials: { method: 'Password' },
      tls: { insecureSkipVerify: false },
    },
  });
  const columns = (await kubectl(['get', 'vc', 'plain'], forever)).split('\n')[0]?.trim().split(/ +/);
  expect(columns).toEqual(['NAME', 'HOST', 'READY', 'VERSION', 'VMS', 'AGE']);
});
