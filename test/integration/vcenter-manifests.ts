import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Vcsim } from '../envtest/real-parts';
import type { Installation } from './installation';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
}

/** Applies an object, as the administrator unless `flags` say otherwise. */
export async function applyObject<T extends Manifest>(
  here: Installation,
  object: T,
  ...flags: string[]
): Promise<void> {
  const { kind, metadata } = object;
  const file = path.join(here.server.folder, `${kind}.${metadata.namespace ?? ''}.${metadata.name}.json`);
  await writeFile(file, JSON.stringify(object));
  await here.run('apply', '-f', file, ...flags);
}

/** A VCenter that serves the namespaces with its name as the label site, and the Secret of its account. */
export async function addVCenter(
  here: Installation,
  name: string,
  { host, caFile, user, password }: Vcsim,
  spec: object = {},
): Promise<void> {
  const [address = '', port] = host.split(':');
  const account = { name: `${name}-account`, namespace: here.facts.namespace };
  const stringData = { username: user, password };
  await applyObject(here, { apiVersion: 'v1', kind: 'Secret', metadata: account, stringData });
  await applyObject(here, {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VCenter',
    metadata: { name },
    spec: {
      endpoint: { host: address, port: Number(port) },
      credentials: { secretRef: { name: account.name } },
      tls: { caBundle: await readFile(caFile, 'utf8') },
      namespaceSelector: { matchLabels: { site: name } },
      ...spec,
    },
  });
}

/** A namespace that the VCenter of that name serves. */
export async function addNamespace(here: Installation, name: string, site: string): Promise<void> {
  await applyObject(here, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { site } } });
}
