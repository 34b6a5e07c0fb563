import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { selfSignedCertificate } from '../../../src/operator/endpoints/self-signed-certificate';
import type { Clock } from '../../../src/time/clock';
import type { ApiServer } from '../../envtest/real-parts';
import type { EchoOrder } from './echo-server';
import type { WatchedProcess } from './server-cpu';

const DAY_MS = 86_400_000;

export interface RecordedServer {
  readonly kubeconfig: string;
  readonly processes: readonly WatchedProcess[];
  stop(): void;
}

/** Starts a process that answers each GET with a recorded body. Its clients use the credentials of the real server. */
export async function startRecordedServer(real: ApiServer, body: string, clock: Clock): Promise<RecordedServer> {
  const nowMs = clock.wallMs();
  const validity = { notBeforeMs: nowMs - DAY_MS, notAfterMs: nowMs + DAY_MS };
  const { cert, key } = selfSignedCertificate({ names: ['127.0.0.1'], ...validity });
  const order: EchoOrder = { cert, key, body };
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(__dirname, 'echo-server.ts'), JSON.stringify(order)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (line: string) => resolve(Number(line)));
    child.once('exit', (code) => reject(new Error(`the recorded server ended with ${code}`)));
  });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const cluster = { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(cert) };
  const user = { 'client-certificate-data': base64(real.certPem), 'client-key-data': base64(real.keyPem) };
  const kubeconfig = path.join(real.folder, 'kubeconfig-recorded');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'recorded', cluster }],
    users: [{ name: 'admin', user }],
    contexts: [{ name: 'recorded', context: { cluster: 'recorded', user: 'admin' } }],
    'current-context': 'recorded',
  };
  await writeFile(kubeconfig, stringify(config), { mode: 0o600 });
  const processes = child.pid === undefined ? [] : [{ name: 'recorded server', processId: child.pid }];
  return { kubeconfig, processes, stop: () => child.stdin.end() };
}
