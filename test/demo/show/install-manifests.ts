import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { SandboxError } from '../../envtest/sandbox-error';

/** What the show must know of the synthesized manifests, read from them, so that a change of the charts shows here. */
export interface InstallFacts {
  /** Files that hold a CustomResourceDefinition: they are applied first. */
  readonly crdFiles: readonly string[];
  readonly otherFiles: readonly string[];
  readonly crdNames: readonly string[];
  /** The operator's. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The Secret that the Deployment mounts and that nobody synthesizes. */
  readonly credentialsSecret: string;
}

interface Manifest {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: {
    readonly template?: {
      readonly spec?: {
        readonly serviceAccountName?: string;
        readonly volumes?: readonly { readonly secret?: { readonly secretName?: string } }[];
      };
    };
  };
}

/** Reads a folder of manifests. Rejects when there is no CRD or no Deployment in it. */
export async function readInstallFacts(folder: string): Promise<InstallFacts> {
  const crdFiles: string[] = [];
  const otherFiles: string[] = [];
  const manifests: Manifest[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.ya?ml$/.test(name)) continue;
    const file = path.join(folder, name);
    const documents = parseAllDocuments(await readFile(file, 'utf8'));
    const content = documents.map((document): Manifest => document.toJS() ?? {});
    manifests.push(...content);
    (content.some(isCrd) ? crdFiles : otherFiles).push(file);
  }
  const deployment = manifests.find((manifest) => manifest.kind === 'Deployment');
  const pod = deployment?.spec?.template?.spec;
  return {
    crdFiles: crdFiles.length === 0 ? missing('CustomResourceDefinition', folder) : crdFiles,
    otherFiles,
    crdNames: manifests.filter(isCrd).map((crd) => crd.metadata?.name ?? missing('name of a CRD', folder)),
    namespace: deployment?.metadata?.namespace ?? missing('Deployment with a namespace', folder),
    serviceAccount: pod?.serviceAccountName ?? missing('serviceAccountName in the Deployment', folder),
    credentialsSecret:
      pod?.volumes?.find((volume) => volume.secret !== undefined)?.secret?.secretName ??
      missing('Secret volume in the Deployment', folder),
  };
}

function isCrd(manifest: Manifest): boolean {
  return manifest.kind === 'CustomResourceDefinition';
}

function missing(what: string, folder: string): never {
  throw new SandboxError('CommandFailed', `the synthesized manifests in ${folder} have no ${what}`);
}
