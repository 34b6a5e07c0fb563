/** Strangers talk to the endpoints. Between them a kubelet and a scraper must get their answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { deadline, systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { RawConnection } from '../../support/raw-connection';
import type { FuzzEnd, FuzzOptions, FuzzTarget } from '../fuzz-target';
import { type Addresses, type Conversation, type Port, play } from './conversation';
import { drawConversation } from './draw';
import type { Usage } from './server';

const BATCH = 24;
const MOST_HELD = 300;
/** Of the process's own time: it may share its cores with a test run. */
const PROBE_WITHIN_MS = 1_000;
const GIVE_UP_MS = 30_000;
const MS_PER_TICK = 10;
const MOST_BYTES = 200 * 2 ** 20;
/** 5xx but 503: a handler threw. */
const BROKEN = /^HTTP\/1\.1 5(?!03)\d\d /m;
const GOOD: Readonly<Record<Exclude<Port, 'handshake'>, string>> = {
  probes: 'GET /readyz?exclude=vcenter HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
  metrics: 'GET /metrics HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
  secure: 'GET /metrics HTTP/1.1\r\nhost: a\r\nauthorization: Bearer good\r\nconnection: close\r\n\r\n',
};

/** The process with the endpoints, and what strangers leave open there. */
export class FuzzedEndpoints {
  readonly #held: RawConnection[] = [];
  #errors = '';
  #most: Usage = { residentBytes: 0, reviews: 0 };

  private constructor(
    readonly addresses: Addresses,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-10_000);
    });
  }

  static async start(): Promise<FuzzedEndpoints> {
    // As a bundle, like the operator: a loader of TypeScript in the process would use more memory than all the rest.
    const folder = await mkdtemp(path.join(tmpdir(), 'fuzz-endpoints-'));
    const program = path.join(folder, 'server.js');
    const entryPoints = [path.join(__dirname, 'server.ts')];
    await build({
      entryPoints,
      outfile: program,
      bundle: true,
      platform: 'node',
      treeShaking: true,
      logLevel: 'error',
    });
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child.once('exit', () => void rm(folder, { recursive: true, force: true }));
    const [line] = await once(createInterface({ input: child.stdout ?? expectedPipe() }), 'line');
    const endpoints = new FuzzedEndpoints(JSON.parse(String(line)), child);
    // A scraper was here before the strangers came.
    const problem = await endpoints.harm();
    if (problem !== undefined) throw new Error(problem);
    return endpoints;
  }

  /** The most that the process has used. */
  get most(): Usage {
    return this.#most;
  }

  /** Plays all at once. Resolves with what went wrong, if anything did. */
  async playAll(conversations: readonly Conversation[]): Promise<string | undefined> {
    const answers = await Promise.all(
      conversations.map((conversation) => play(conversation, this.addresses, this.#held, systemClock)),
    );
    for (const connection of this.#held.splice(0, Math.max(0, this.#held.length - MOST_HELD))) connection.close();
    const broken = answers.find((answer) => BROKEN.test(answer));
    return broken === undefined ? this.harm() : `answered ${JSON.stringify(broken.slice(0, 500))}`;
  }

  /** Whether those who may ask are not answered in time, or the process uses too much. */
  async harm(): Promise<string | undefined> {
    for (const [port, bytes] of Object.entries(GOOD)) {
      const answer = await this.#ask(port as keyof typeof GOOD, bytes);
      if (answer !== 200) return `a good request to ${port} got: ${answer}\n${this.#errors}`;
    }
    if (this.child.exitCode !== null) return `the process has ended:\n${this.#errors}`;
    this.child.send('usage');
    const [usage]: Usage[] = await once(this.child, 'message');
    if (usage === undefined) return 'the process does not tell what it uses';
    this.#most = { ...usage, residentBytes: Math.max(usage.residentBytes, this.#most.residentBytes) };
    return usage.residentBytes > MOST_BYTES ? `${Math.round(usage.residentBytes / 2 ** 20)} MiB are used` : undefined;
  }

  async stop(): Promise<void> {
    for (const connection of this.#held) connection.close();
    if (this.child.exitCode !== null) return;
    this.child.disconnect();
    await once(this.child, 'exit');
  }

  /** The CPU time of the process, from outside, since its event loop may stand still; elsewhere than on Linux the time. */
  #ownTimeMs(): number {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
    } catch {
      return systemClock.monotonicMs();
    }
  }

  async #ask(port: keyof typeof GOOD, bytes: string): Promise<number | string> {
    const never = new AbortController().signal;
    const limit = deadline(systemClock, GIVE_UP_MS, never, () => new Error('late'));
    const startMs = this.#ownTimeMs();
    let connection: RawConnection | undefined;
    const late = new Promise<string>((resolve) => {
      limit.signal.addEventListener('abort', () => resolve(`nothing within ${GIVE_UP_MS} ms`), { once: true });
    });
    const asked = RawConnection.open(this.addresses[port], { secure: port === 'secure' }).then((opened) => {
      connection = opened;
      opened.send(bytes);
      return opened.status();
    });
    try {
      const answer = await Promise.race([asked, late]);
      const tookMs = this.#ownTimeMs() - startMs;
      return tookMs > PROBE_WITHIN_MS ? `${answer} after ${tookMs} ms` : answer;
    } finally {
      limit.done();
      connection?.close();
    }
  }
}

/** Seeds from `first` on, in batches that are played at once. */
export function batchFrom(first: number): readonly Conversation[] {
  return Array.from({ length: BATCH }, (_, index) => drawConversation(seededRandom(first + index)));
}

export const fuzzEndpoints: FuzzTarget = {
  async run({ seed, tell }: FuzzOptions, signal: AbortSignal): Promise<FuzzEnd> {
    const endpoints = await FuzzedEndpoints.start();
    let tried = 0;
    let found: string | undefined;
    while (!signal.aborted && found === undefined) {
      const batch = batchFrom(seed + tried);
      const harm = await endpoints.playAll(batch);
      if (harm !== undefined)
        found = `${harm}\nseeds ${seed + tried} to ${seed + tried + BATCH - 1}; put one into test/fuzz/endpoints/corpus:\n${batch
          .map((conversation) => JSON.stringify(conversation).slice(0, 2_000))
          .join('\n')}`;
      tried += BATCH;
      const { residentBytes, reviews } = endpoints.most;
      if (tried % (BATCH * 200) === 0)
        tell(`${tried} connections, at most ${Math.round(residentBytes / 2 ** 20)} MiB, ${reviews} reviews`);
    }
    await endpoints.stop();
    return { tried, found };
  },
};

function expectedPipe(): never {
  throw new Error('the process has no standard output');
}
