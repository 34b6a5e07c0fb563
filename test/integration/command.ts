/** `vm-operator plan` and `check` as a user runs them, and proxies that record what they send. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { buildIsDue, buildProduct } from '../demo/show/product';
import { startHttpProxy } from '../envtest/proxies/http-proxy';
import { targetOf } from '../envtest/proxies/tcp-gate';
import { OPERATOR_PROGRAM, serviceAccountKubeconfig, startVcsim, type Vcsim } from '../envtest/real-parts';
import { type CommandResult, runCommand } from '../envtest/run-command';
import type { Installation } from './installation';

const forever = new AbortController().signal;

export type Environment = Readonly<Record<string, string | undefined>>;

export async function buildIfDue(): Promise<void> {
  if (await buildIsDue()) await buildProduct(forever);
}

export const manifestOf = (spec: Record<string, unknown> = {}): string =>
  JSON.stringify({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name: 'web', namespace: 'default' },
    spec: { cpu: 1, memory: 1, replicas: 2, template: 'vm-operator-template', ...spec },
  });

/** The built command as a user runs it. It gets no credentials from the environment of this process. */
export function vmOperator(args: readonly string[], environment: Environment, input = ''): Promise<CommandResult> {
  const { PATH, TMPDIR } = process.env;
  const all: Environment = { PATH, TMPDIR, ...environment };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return runCommand(process.execPath, [OPERATOR_PROGRAM, ...args], { environment: given, input }, forever);
}

export const accountOf = ({ host, user, password, caFile }: Pick<Vcsim, 'host' | 'user' | 'password' | 'caFile'>) => ({
  ...{ VC_HOST: host, VC_USER: user, VC_PASS: password, VC_CA_FILE: caFile },
});

/** A vCenter simulator that ends with the test. */
export async function simulator(): Promise<Vcsim> {
  const vcsim = await startVcsim(inject('binaries'), {}, forever);
  onTestFinished(() => vcsim.stop());
  return vcsim;
}

/** A vCenter behind a proxy that records the vim25 method of each call. */
export interface Watched {
  readonly account: Environment;
  readonly methods: string[];
}

export async function watched(vcsim: Vcsim): Promise<Watched> {
  const methods: string[] = [];
  const proxy = await startHttpProxy({
    target: { ...targetOf(vcsim.url), ca: await readFile(vcsim.caFile, 'utf8') },
    onRequest: ({ body }) => {
      const method = /<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)/.exec(body)?.[1];
      if (method !== undefined) methods.push(method);
    },
  });
  onTestFinished(() => proxy.close());
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-proxy-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const caFile = path.join(folder, 'proxy.pem');
  await writeFile(caFile, proxy.cert);
  return { account: { ...accountOf(vcsim), VC_HOST: proxy.host, VC_CA_FILE: caFile }, methods };
}

/** The API server behind a proxy that records the HTTP method of each request, and a kubeconfig with the operator's rights. */
export async function watchedApiServer(
  here: Installation,
): Promise<{ readonly kubeconfig: string; readonly verbs: string[] }> {
  const verbs: string[] = [];
  const proxy = await startHttpProxy({
    target: { ...targetOf(here.server.url), ca: here.server.caPem },
    onRequest: ({ method }) => void verbs.push(method),
  });
  onTestFinished(() => proxy.close());
  const { namespace, serviceAccount: name } = here.facts;
  const original = await serviceAccountKubeconfig(here.server, { namespace, name }, forever);
  const config = parse(await readFile(original, 'utf8'));
  config.clusters[0].cluster = {
    server: `https://${proxy.host}`,
    'certificate-authority-data': Buffer.from(proxy.cert).toString('base64'),
  };
  const kubeconfig = path.join(here.server.folder, 'kubeconfig-of-the-proxy');
  await writeFile(kubeconfig, stringify(config));
  return { kubeconfig, verbs };
}

/** The methods that change nothing: those of a session, of its views and collectors, and reads. */
const READING =
  /^(RetrieveServiceContent|Log(in|out)|Create(ContainerView|ListView|PropertyCollector|Filter)|ModifyListView|Destroy(View|PropertyCollector|PropertyFilter)|(Cancel)?WaitForUpdates(Ex)?|(Continue)?RetrieveProperties(Ex)?|FetchUserPrivilegeOnEntities|CurrentTime)$/;

export function expectOnlyReads(methods: readonly string[]): void {
  expect(methods.filter((method) => !READING.test(method))).toEqual([]);
  expect(methods).toContain('Login');
  expect(methods.at(-1)).toBe('Logout');
}
