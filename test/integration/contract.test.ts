import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { type ApiServer, startApiServer } from '../sandbox/real-parts';
import { type Kubectl, kubectlFor } from '../sandbox/show/kubectl';

const binaries = inject('binaries');
const forever = new AbortController().signal;

/** What a person may write, typed loosely: half of the cases are mistakes. */
type WrittenSpec = Readonly<Record<string, unknown>>;

let server: ApiServer;
let kubectl: Kubectl;
let written = 0;

beforeAll(async () => {
  server = await startApiServer(binaries, {}, forever);
  kubectl = kubectlFor(server);
  await mkdir(path.join(server.folder, 'groups'), { recursive: true });
  const crd = path.join(server.folder, 'crd.yaml');
  await writeFile(crd, stringify(vmGroupCrd));
  await kubectl(['apply', '-f', crd], forever);
  await kubectl(['wait', '--for=condition=Established', `crd/${vmGroupCrd.metadata.name}`], forever);
  return () => server.stop();
});

async function apply(name: string, spec: WrittenSpec): Promise<string> {
  written += 1;
  const file = path.join(server.folder, 'groups', `${name}-${written}.json`);
  const group = {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name, namespace: 'default' },
    spec: { cpu: 1, memory: 1, replicas: 1, template: 't', ...spec },
  };
  await writeFile(file, JSON.stringify(group));
  return kubectl(['apply', '--validate=strict', '-f', file], forever);
}

async function refusal(attempt: Promise<string>): Promise<string> {
  return attempt.then(
    (answer) => `accepted: ${answer}`,
    (error: unknown) => String(error),
  );
}

describe('the API server accepts', () => {
  test.each<[string, WrittenSpec]>([
    ['a manifest of the original', { cpu: 4, memory: 8, replicas: 3 }],
    ['no replicas', { replicas: 0 }],
    [
      'networks in an order',
      {
        networks: [
          { name: 'front', network: '/dc/network/a' },
          { name: 'back', network: 'b' },
        ],
      },
    ],
    [
      'user-data from a Secret',
      { guest: { cloudInit: { userData: { secretKeyRef: { name: 's', key: 'user-data' } } } } },
    ],
    [
      'user-data and metadata as text',
      { guest: { cloudInit: { userData: { value: '#cloud-config' }, metadata: { value: '' } } } },
    ],
    ['a soft power-off with a time', { powerOff: { mode: 'Soft', timeoutSeconds: 60 } }],
    ['a time for the default power-off', { powerOff: { timeoutSeconds: 60 } }],
    ['a percentage', { updateStrategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '0%' } } }],
    ['a number', { updateStrategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } }],
    ['100%', { updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } } }],
    ['all the rest', { readiness: { type: 'IPAddress' }, minReadySeconds: 10, scaleDown: { order: 'Oldest' } }],
  ])('%s', async (_what, spec) => {
    expect(await apply('accepted', spec)).toMatch(/created|configured|unchanged/);
  });
});

describe('the API server refuses, naming the field', () => {
  test.each<[string, WrittenSpec, RegExp]>([
    [
      'a deadline within the time to be ready',
      { minReadySeconds: 1800 },
      /spec\.progressDeadlineSeconds.*must be greater than minReadySeconds/,
    ],
    [
      'a time for a hard power-off',
      { powerOff: { mode: 'Hard', timeoutSeconds: 5 } },
      /spec\.powerOff\.timeoutSeconds.*leave it out/,
    ],
    [
      'neither surge nor absence',
      { updateStrategy: { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } } },
      /maxUnavailable.*cannot both be 0/,
    ],
    [
      'the default surge without absence',
      { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
      /maxUnavailable.*cannot both be 0/,
    ],
    ['a percentage beyond 100', { updateStrategy: { rollingUpdate: { maxSurge: '101%' } } }, /maxSurge/],
    ['a negative surge', { updateStrategy: { rollingUpdate: { maxSurge: -1 } } }, /maxSurge/],
    ['a text without %', { updateStrategy: { rollingUpdate: { maxSurge: '5' } } }, /maxSurge/],
    [
      'user-data of both kinds',
      { guest: { cloudInit: { userData: { value: 'a', secretKeyRef: { name: 's', key: 'k' } } } } },
      /userData.*either secretKeyRef or value/,
    ],
    ['user-data of no kind', { guest: { cloudInit: { userData: {} } } }, /userData.*either secretKeyRef or value/],
    ['metadata of no kind', { guest: { cloudInit: { metadata: {} } } }, /metadata.*either secretKeyRef or value/],
    [
      'a network twice',
      {
        networks: [
          { name: 'a', network: 'x' },
          { name: 'a', network: 'y' },
        ],
      },
      /networks\[1\].*Duplicate value/,
    ],
    ['a network without a place', { networks: [{ name: 'a' }] }, /networks\[0\]\.network/],
    ['a network with a strange name', { networks: [{ name: 'A b', network: 'x' }] }, /networks\[0\]\.name/],
    ['an unknown field', { replica: 3 }, /unknown field "spec\.replica"/],
  ])('%s', async (_what, spec, naming) => {
    expect(await refusal(apply('refused', spec))).toMatch(naming);
  });

  test('a datacenter that is changed or taken back once set', async () => {
    await apply('moved', { placement: { datacenter: 'a' } });
    expect(await refusal(apply('moved', { placement: { datacenter: 'b' } }))).toMatch(
      /datacenter cannot be changed once set/,
    );
    expect(await refusal(apply('moved', {}))).toMatch(/datacenter cannot be changed once set/);
  });

  test('a name that leaves no room for the names of machines', async () => {
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
