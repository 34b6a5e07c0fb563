import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ApiServerOptions } from './api-server';

/** A request that the API server has answered, or, for a watch, has begun to answer. */
export interface AuditedRequest {
  /** As in system:serviceaccount:NAMESPACE:NAME. */
  readonly user: string;
  /** Of RBAC, as in get, list, watch, create, update, patch, delete. */
  readonly verb: string;
  /** Empty for the core group. */
  readonly apiGroup: string;
  /** With its subresource, as in vmgroups/status; undefined for a path that is no resource. */
  readonly resource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly path: string;
  /** The HTTP status. */
  readonly code: number;
}

/** The events of audit.k8s.io/v1, as far as they are read here. */
interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username?: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly apiGroup?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

/** What the service accounts of a kube-apiserver ask for. */
export class AuditLog {
  private constructor(
    private readonly folder: string,
    private readonly file: string,
    /** For startApiServer. */
    readonly flags: NonNullable<ApiServerOptions['flags']>,
  ) {}

  /** Before the server starts. Only service accounts are written down; the tests' own administrator is none. */
  static async prepare(): Promise<AuditLog> {
    const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-audit-'));
    const [policy, file] = [path.join(folder, 'policy.yaml'), path.join(folder, 'audit.log')];
    const rules = [{ level: 'Metadata', userGroups: ['system:serviceaccounts'] }, { level: 'None' }];
    const content = { apiVersion: 'audit.k8s.io/v1', kind: 'Policy', omitStages: ['RequestReceived'], rules };
    await writeFile(policy, stringify(content));
    // Blocking: what was answered is in the file.
    return new AuditLog(folder, file, {
      'audit-policy-file': policy,
      'audit-log-path': file,
      'audit-log-mode': 'blocking',
    });
  }

  /** All requests so far. */
  async requests(): Promise<readonly AuditedRequest[]> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      // Nobody has asked for anything.
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // The last line may be half written.
    return text.split('\n').slice(0, -1).map(requestOf);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

function requestOf(line: string): AuditedRequest {
  const { verb, requestURI, user, objectRef = {}, responseStatus }: AuditEvent = JSON.parse(line);
  const { resource, subresource, apiGroup = '', namespace, name } = objectRef;
  return {
    user: user.username ?? '',
    verb,
    apiGroup,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    name,
    path: requestURI,
    code: responseStatus?.code ?? 0,
  };
}
