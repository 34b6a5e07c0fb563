/**
 * A proxy in front of the vCenter simulator. Rules of a test cause failures: latency, faults, lost requests and replies,
 * broken and slow answers, pages instead of SOAP, ended sessions. The proxy records each call. It has its own certificate,
 * which clients must trust.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Clock, sleep, systemClock } from '../../../../src/time/clock';
import { type Random, seededRandom } from '../../../../src/time/random';
import type { Vcsim } from '../../real-parts';
import { type Failure, type FaultSpec, type Rule, RuleBook } from './rules';
import { makeSelfSigned } from './self-signed-certificate';
import {
  asAnswerTo,
  harmlessTask,
  logout,
  methodOf,
  operationIdOf,
  rewriteTasks,
  soapFault,
  taskIn,
} from './soap-message';

/** One call. Bodies are not recorded, because they contain passwords. */
export interface RecordedCall {
  readonly method: string;
  readonly operationId: string;
  /** Cookie of the session. */
  readonly session: string;
  readonly atMonotonicMs: number;
  readonly failure?: Failure['kind'];
}

export interface VCenterProxy {
  /** The simulator for clients, with the address and certificate of the proxy. */
  readonly vcsim: Vcsim;
  readonly fingerprint: string;
  readonly calls: readonly RecordedCall[];
  /** Adds a rule. The returned function removes it. */
  add(rule: Rule): () => void;
  clear(): void;
  /** Breaks all connections of clients, also those of pending waits. */
  breakConnections(): void;
  stop(): Promise<void>;
}

export interface ProxyOptions {
  readonly clock?: Clock;
  /** For rules with a chance. */
  readonly random?: Random;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export async function startVCenterProxy(upstream: Vcsim, options: ProxyOptions = {}): Promise<VCenterProxy> {
  const { clock = systemClock, random = seededRandom(1) } = options;
  const { keyPem, certificatePem, fingerprint } = makeSelfSigned(clock);
  const folder = await mkdtemp(path.join(tmpdir(), 'vcenter-proxy-'));
  const caFile = path.join(folder, 'ca.pem');
  await writeFile(caFile, certificatePem);
  const rules = new RuleBook(random);
  const calls: RecordedCall[] = [];
  /** Tasks that fail by a rule, with their faults. */
  const taskFaults = new Map<string, FaultSpec>();
  const stopping = new AbortController();
  // The simulator runs on this machine, and its certificate has other host names, so it is not verified.
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

  const forward = (incoming: IncomingMessage, body: string, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { host: _, 'content-length': __, 'transfer-encoding': ___, ...headers } = incoming.headers;
      const target = new URL(incoming.url ?? '/sdk', upstream.url);
      const sent = request(target, { method: incoming.method, headers, agent, signal }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          const { 'content-length': ____, 'transfer-encoding': _____, ...rest } = answer.headers;
          resolve({ status: answer.statusCode ?? 502, headers: rest, body: rewriteTasks(text, taskFaults) });
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });

  const failTask = async (
    incoming: IncomingMessage,
    method: string,
    body: string,
    fault: FaultSpec,
    signal: AbortSignal,
  ) => {
    const answer = await forward(incoming, harmlessTask(body), signal);
    const task = taskIn(answer.body);
    if (task !== undefined) taskFaults.set(task, fault);
    return { ...answer, body: asAnswerTo(method, answer.body) };
  };

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse, gone: AbortSignal): Promise<void> => {
    const body = await bodyOf(incoming);
    const method = methodOf(body);
    const failure = rules.failureFor(method);
    const session = /vmware_soap_session="?([^";]*)/.exec(incoming.headers.cookie ?? '')?.[1] ?? '';
    const about = { method, operationId: operationIdOf(body), session, atMonotonicMs: clock.monotonicMs() };
    calls.push(failure === undefined ? about : { ...about, failure: failure.kind });
    const pass = async () => send(outgoing, await forward(incoming, body, gone));
    switch (failure?.kind) {
      case undefined:
        return pass();
      case 'Latency':
        await sleep(clock, failure.ms, gone);
        return pass();
      case 'Hold':
        if (failure.at === 'Answer') await forward(incoming, body, stopping.signal);
        failure.held();
        return;
      case 'ExpireSession':
        await forward(incoming, logout(), gone);
        return pass();
      case 'SoapFault':
        return send(outgoing, { status: 500, headers: XML, body: soapFault(failure.fault) });
      case 'TaskFault':
        return send(outgoing, await failTask(incoming, method, body, failure.fault, gone));
      case 'Status':
        return send(outgoing, { status: failure.status, headers: { 'content-type': 'text/html' }, body: failure.html });
      case 'ResetBefore':
        incoming.socket.destroy();
        return;
      case 'ResetAfter':
        await forward(incoming, body, stopping.signal);
        incoming.socket.destroy();
        return;
      case 'Truncate': {
        const answer = await forward(incoming, body, gone);
        outgoing.writeHead(answer.status, {
          ...plainHeaders(answer),
          'content-length': Buffer.byteLength(answer.body),
        });
        outgoing.write(answer.body.slice(0, answer.body.length / 2), () => incoming.socket.destroy());
        return;
      }
      case 'SlowBody': {
        const answer = await forward(incoming, body, gone);
        outgoing.writeHead(answer.status, plainHeaders(answer));
        const size = Math.ceil(answer.body.length / failure.pieces);
        for (let at = 0; at < answer.body.length; at += size) {
          outgoing.write(answer.body.slice(at, at + size));
          await sleep(clock, failure.pauseMs, gone);
        }
        outgoing.end();
      }
    }
  };

  const server = createServer(
    { key: keyPem, cert: certificatePem, keepAliveTimeout: 600_000 },
    (incoming, outgoing) => {
      const left = new AbortController();
      outgoing.once('close', () => left.abort(new Error('the client has gone')));
      const gone = AbortSignal.any([left.signal, stopping.signal]);
      // The simulator or the client has gone, so this connection is of no use any more.
      serve(incoming, outgoing, gone).catch(() => incoming.socket.destroy());
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    vcsim: { ...upstream, url: `https://${host}/sdk`, host, caFile },
    fingerprint,
    calls,
    add: (rule) => rules.add(rule),
    clear: () => rules.clear(),
    breakConnections: () => server.closeAllConnections(),
    stop: async () => {
      stopping.abort(new Error('the proxy stops'));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      agent.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const XML = { 'content-type': 'text/xml; charset="utf-8"' };

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  return text;
}

function plainHeaders({ headers }: Answer): Record<string, string | string[]> {
  const plain: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === 'connection' || name === 'keep-alive') continue;
    plain[name] = typeof value === 'string' ? value : [...value];
  }
  return plain;
}

function send(outgoing: ServerResponse, answer: Answer): void {
  outgoing.writeHead(answer.status, plainHeaders(answer));
  outgoing.end(answer.body);
}
