import { request } from 'node:https';
import type { ApiServer } from './api-server';

export interface AdminAnswer {
  readonly status: number;
  /** The body as text; JSON for all API objects. */
  readonly body: string;
}

/**
 * One request to an API server as its administrator, for tests and the demo. It shares no code with the client under test.
 * Resolves with any HTTP status. Rejects if there is no answer or the signal is aborted.
 */
export function adminRequest(
  server: Pick<ApiServer, 'url' | 'caPem' | 'certPem' | 'keyPem'>,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
  signal: AbortSignal,
): Promise<AdminAnswer> {
  return new Promise((resolve, reject) => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const call = request(
      new URL(path, server.url),
      {
        method,
        ca: server.caPem,
        cert: server.certPem,
        key: server.keyPem,
        headers: { accept: 'application/json', 'content-type': contentType },
        signal,
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('error', reject);
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      },
    );
    call.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
