import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { vmGroupCrd } from '../../imports/vmgroup-crd';
import type { Installation } from './installation';

const { apiVersion, kind } = { apiVersion: `${vmGroupCrd.spec.group}/v1alpha1`, kind: 'VmGroup' };
const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Stores what the schema of today refuses, as an earlier schema might have let it in. The schema stays open. */
export async function storeBesideTheSchema(
  here: Installation,
  groups: Readonly<Record<string, unknown>>,
): Promise<void> {
  await setSchema(here, { type: 'object', properties: { spec: OPEN, status: OPEN } });
  for (const [name, spec] of Object.entries(groups)) {
    // The server takes a moment to change its schema.
    await here.until(`${name} is stored`, async () => accepted(store(here, name, spec)));
  }
}

/** The same, and then the schema is that of today again. */
export async function storePastTheSchema(here: Installation, groups: Readonly<Record<string, unknown>>): Promise<void> {
  await storeBesideTheSchema(here, groups);
  const [version] = vmGroupCrd.spec.versions as readonly { readonly schema: { readonly openAPIV3Schema: unknown } }[];
  await setSchema(here, version?.schema.openAPIV3Schema);
  const file = await written(here, 'refused', { cpu: 1, memory: 1, replicas: 501, template: 'x' });
  await here.until('the schema is strict again', async () => {
    const refused = await accepted(here.run('create', '--dry-run=server', '--validate=false', '-f', file));
    return refused.length > 0 ? [] : ['501 replicas are accepted'];
  });
}

async function setSchema(here: Installation, value: unknown): Promise<void> {
  const change = [{ op: 'replace', path: '/spec/versions/0/schema/openAPIV3Schema', value }];
  await here.run('patch', 'crd', vmGroupCrd.metadata.name, '--type=json', '-p', JSON.stringify(change));
}

async function written(here: Installation, name: string, spec: unknown): Promise<string> {
  const file = path.join(here.server.folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ apiVersion, kind, metadata: { name, namespace: 'default' }, spec }));
  return file;
}

/** `apply` would also keep the whole object in an annotation, which has a limit of its own. */
async function store(here: Installation, name: string, spec: unknown): Promise<string> {
  const file = await written(here, name, spec);
  return here.run('create', '--validate=false', '-f', file).catch((error: unknown) => {
    if (!String(error).includes('AlreadyExists')) throw error;
    return here.run('patch', 'vg', name, '--type=merge', '-p', JSON.stringify({ spec }));
  });
}

async function accepted(run: Promise<string>): Promise<readonly string[]> {
  return run.then(
    () => [],
    (error: unknown) => [String(error)],
  );
}
