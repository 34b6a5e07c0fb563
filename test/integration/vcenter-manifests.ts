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

/** The Secret of a VCenter's account. */
export function accountManifest(name: string, namespace: string, { user, password }: Pick<Vcsim, 'user' | 'password'>) {
  const stringData = { username: user, password };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData };
}

/** A VCenter that serves the namespaces with its name as the label site. */
export async function vcenterManifest(
  name: string,
  { host, caFile }: Pick<Vcsim, 'host' | 'caFile'>,
  spec: object = {},
) {
  const [address = '', port] = host.split(':');
  return {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VCenter',
    metadata: { name },
    spec: {
      endpoint: { host: address, port: Number(port) },
      credentials: { secretRef: { name: `${name}-account` } },
      tls: { caBundle: await readFile(caFile, 'utf8') },
      namespaceSelector: { matchLabels: { site: name } },
      ...spec,
    },
  };
}

/** Applies such a VCenter and its Secret. */
export async function addVCenter(here: Installation, name: string, vcsim: Vcsim, spec: object = {}): Promise<void> {
  await applyObject(here, accountManifest(`${name}-account`, here.facts.namespace, vcsim));
  await applyObject(here, await vcenterManifest(name, vcsim, spec));
}

/** A namespace that the VCenter of that name serves. */
export async function addNamespace(here: Installation, name: string, site: string): Promise<void> {
  await applyObject(here, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { site } } });
}
