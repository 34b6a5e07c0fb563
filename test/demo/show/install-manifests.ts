import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { SandboxError } from '../../envtest/sandbox-error';

/** Names in the synthesized manifests. They are read from the manifests, so that a change of the charts is seen. */
export interface InstallFacts {
  /** Files with a CustomResourceDefinition. They are applied first. */
  readonly crdFiles: readonly string[];
  readonly otherFiles: readonly string[];
  readonly crdNames: readonly string[];
  /** Namespace of the operator. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The Secret that the Deployment mounts. The manifests do not contain it. */
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

/** Reads a folder of manifests. Rejects if it has no CRD or no Deployment. */
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
