import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import { ACCEPTED, REFUSED, type WrittenSpec } from '../contract/vm-group/cases';
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
  await mkdir(path.join(server.folder, 'groups'), { recursive: true });
  const crd = path.join(server.folder, 'crd.yaml');
  await writeFile(crd, stringify(vmGroupCrd));
  await kubectl(['apply', '-f', crd], forever);
  await waitUntilServed(kubectl, [vmGroupCrd.metadata.name], forever);
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
  test.for(ACCEPTED)('%s', async ([, spec]) => {
    expect(await apply('accepted', spec)).toMatch(/created|configured|unchanged/);
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
