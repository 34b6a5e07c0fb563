import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sleep, systemClock } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import { endChild, hasEnded } from './child-answer';
import { freePort } from './free-port';
import { LineLog } from './line-log';

export interface PrometheusOptions {
  /** Path of the server. */
  readonly program: string;
  /** What it scrapes once a second, HOST:PORT. */
  readonly targets: readonly string[];
  /** The monitor that tells of them. */
  readonly monitor: ScrapedBy;
  /** Groups of rules, as in a PrometheusRule. They are evaluated once a second. */
  readonly ruleGroups: readonly object[];
}

/** What a ServiceMonitor says of its one endpoint, as far as it decides which labels the series have. */
export interface ScrapedBy {
  readonly namespace: string;
  /** The name of the Service's port. */
  readonly port: string;
  /** Default: false. */
  readonly honorLabels?: boolean;
}

/** Value of one series at one time. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values of one series over time. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, and the value there. */
  readonly values: readonly (readonly [seconds: number, value: number])[];
}

/** A running Prometheus on 127.0.0.1. */
export interface Prometheus {
  readonly log: LineLog;
  /** Scrapes these instead from now on. */
  retarget(targets: readonly string[]): Promise<void>;
  /** Rejects if Prometheus does not take the query. */
  query(expr: string, signal: AbortSignal): Promise<readonly Sample[]>;
  /** The query at each step of a time. */
  queryRange(expr: string, span: TimeSpan, signal: AbortSignal): Promise<readonly Series[]>;
  stop(): Promise<void>;
}

export interface TimeSpan {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly stepSeconds: number;
}

const READY_POLL_MS = 100;
const START_TIMEOUT_MS = 30_000;
const STOP_GRACE_MS = 5_000;
/** As the job of the metrics Service. */
const JOB = 'codeconnect-vm-operator-metrics';

/** Starts a Prometheus, which takes a second. Rejects with ProcessEnded or NotInTime and its output. */
export async function startPrometheus(options: PrometheusOptions, signal: AbortSignal): Promise<Prometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-prometheus-'));
  const targets = path.join(folder, 'targets.json');
  const { monitor } = options;
  const labels = targetLabels(monitor);
  const aim = (addresses: readonly string[]) => writeFile(targets, JSON.stringify([{ targets: addresses, labels }]));
  await aim(options.targets);
  await writeFile(path.join(folder, 'rules.json'), JSON.stringify({ groups: options.ruleGroups }));
  // JSON is YAML.
  const file = path.join(folder, 'prometheus.json');
  await writeFile(
    file,
    JSON.stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: [path.join(folder, 'rules.json')],
      scrape_configs: [
        {
          job_name: JOB,
          honor_labels: monitor.honorLabels ?? false,
          file_sd_configs: [{ files: [targets], refresh_interval: '1s' }],
        },
      ],
    }),
  );
  const address = `127.0.0.1:${await freePort()}`;
  const log = new LineLog();
  // For its own process group see startApiServer.
  const leash = spawn(
    process.execPath,
    [
      ...[path.join(__dirname, 'leash.mts'), options.program],
      ...[`--config.file=${file}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`],
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true, cwd: folder },
  );
  for (const stream of [leash.stdout, leash.stderr]) if (stream !== null) log.follow(stream);
  let isOver = false;
  const over = hasEnded(leash).then(() => {
    isOver = true;
  });
  const end = () => {
    if (leash.connected) leash.send('SIGTERM');
  };
  const stop = async () => {
    await endChild(leash, end, STOP_GRACE_MS, systemClock);
    await over;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
    while (!(await isReady(`http://${address}/-/ready`))) {
      if (isOver) throw new SandboxError('ProcessEnded', `Prometheus ended before it was ready:\n${log.last(15)}`);
      await sleep(systemClock, READY_POLL_MS, limit);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const ask = <T>(call: string, parameters: Record<string, string>, asked: AbortSignal) =>
    answerOf<T>(`http://${address}/api/v1/${call}?${new URLSearchParams(parameters)}`, asked);
  return {
    log,
    retarget: aim,
    async query(expr, asked) {
      const found = await ask<{ metric: Record<string, string>; value: [number, string] }>(
        'query',
        { query: expr },
        asked,
      );
      return found.map(({ metric: labels, value }) => ({ labels, value: Number(value[1]) }));
    },
    async queryRange(expr, { fromSeconds, toSeconds, stepSeconds }, asked) {
      const span = { start: String(fromSeconds), end: String(toSeconds), step: String(stepSeconds) };
      const found = await ask<{ metric: Record<string, string>; values: [number, string][] }>(
        'query_range',
        { query: expr, ...span },
        asked,
      );
      return found.map(({ metric: labels, values }) => ({
        labels,
        values: values.map(([seconds, value]) => [seconds, Number(value)] as const),
      }));
    },
    stop,
  };
}

/**
 * The labels that the Prometheus operator gives each target of a ServiceMonitor, beside job and instance: generateServiceMonitorConfig
 * in its pkg/prometheus/promcfg.go. A metric's own label of such a name becomes exported_NAME, unless labels are honored.
 */
function targetLabels({ namespace, port }: ScrapedBy): Readonly<Record<string, string>> {
  return { namespace, service: JOB, pod: 'codeconnect-vm-operator-0', container: 'operator', endpoint: port };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function answerOf<T>(url: string, signal: AbortSignal): Promise<readonly T[]> {
  const response = await fetch(url, { signal });
  const answer = (await response.json()) as { readonly error?: string; readonly data?: { readonly result: T[] } };
  if (answer.data === undefined) throw new Error(`Prometheus does not take the query: ${answer.error}: ${url}`);
  return answer.data.result;
}
