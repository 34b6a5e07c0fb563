/** Whole answers with their HTTP, over real sockets: each call ends, with a value or with a VsphereError. */
import { createServer, type TLSSocket } from 'node:tls';
import { systemClock } from '../../../src/time/clock';
import { HttpsTransport } from '../../../src/vsphere/transport/https-transport';
import { SoapTransport } from '../../../src/vsphere/transport/soap/soap-transport';
import type { VimTransport } from '../../../src/vsphere/transport/transport';
import { Trust } from '../../../src/vsphere/transport/trust';
import type { MethodName, ParametersOf } from '../../../src/vsphere/vim25/methods';
import { VsphereError } from '../../../src/vsphere/vim25/vsphere-error';
import { certificateFor, VERSIONS } from '../../support/https-server';
import { answerSeeds } from '../answer-seeds';
import { changedAnswer } from '../change-answer';
import { bytesOf } from '../scripted-vcenter';
import { promised, type Target } from '../target';
import { methodOf } from './decoding';

/** No answer waits for anything: a call that takes longer would never end by itself. */
const TIMEOUT_MS = 20_000;
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';

function withLength(body: string, head = HEAD): string {
  return `${head}Content-Length: ${bytesOf(body).length}\r\n\r\n${body}`;
}

function inChunks(body: string): string {
  const chunk = (text: string) => `${bytesOf(text).length.toString(16)}\r\n${text}\r\n`;
  return `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk(body.slice(0, 50))}${chunk(body.slice(50))}0\r\n\r\n`;
}

const seeds = [
  ...answerSeeds.map((body) => withLength(body)),
  ...answerSeeds.slice(0, 2).map(inChunks),
  ...answerSeeds.slice(-1).map((body) => withLength(body, HEAD.replace('200', '500'))),
  withLength('<html/>', 'HTTP/1.1 503 No\r\nContent-Type: text/html\r\nRetry-After: 5\r\n'),
];

/** Answers each POST with the text that was told last, and then ends the connection. */
class RawServer {
  answer: Buffer = Buffer.alloc(0);
  readonly #certificate = certificateFor(['127.0.0.1']);
  readonly caBundle = this.#certificate.cert;

  async listen(): Promise<number> {
    const versions = bytesOf(withLength(VERSIONS('8.0.2.0')));
    const server = createServer(this.#certificate, (socket: TLSSocket) => {
      let asked = '';
      socket
        .on('error', () => undefined)
        .on('data', (piece: Buffer) => {
          asked += piece.toString('latin1');
          const [head = '', body] = asked.split('\r\n\r\n', 2);
          const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
          if (body === undefined || body.length < length) return;
          asked = '';
          socket.end(head.startsWith('GET') ? versions : this.answer);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    server.unref();
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }
}

function transportTarget(name: string, Transport: typeof HttpsTransport | typeof SoapTransport): Target {
  let opened: Promise<{ readonly server: RawServer; readonly transport: VimTransport }> | undefined;
  const open = async () => {
    const server = new RawServer();
    const port = await server.listen();
    const trust = new Trust({ caBundle: server.caBundle }, systemClock);
    return { server, transport: new Transport({ address: { host: '127.0.0.1', port }, trust, clock: systemClock }) };
  };
  return {
    name,
    ending: 'http',
    seeds,
    change: changedAnswer,
    take: async (text) => {
      opened ??= open();
      const { server, transport } = await opened;
      server.answer = bytesOf(text);
      const call = { operationId: 'fuzz', signal: new AbortController().signal, timeoutMs: TIMEOUT_MS };
      const method = methodOf(text);
      try {
        await transport.invoke(method, { type: 'Folder', value: 'f' }, PARAMETERS[method] ?? NOTHING, call);
      } catch (error) {
        if (!(error instanceof VsphereError)) throw error;
        promised(error.code !== 'Timeout', 'a call ends with its connection');
        promised(error.code !== 'Internal', `no answer is a mistake of ours: ${error.message}`);
      }
      promised(Object.keys(Object.prototype).length === 0, 'no member of all objects is set');
    },
  };
}

const NOTHING = {} as never;
const PARAMETERS: { readonly [M in MethodName]?: ParametersOf<M> } & Readonly<Record<string, never>> = {
  RetrievePropertiesEx: { specSet: [], options: {} },
  WaitForUpdatesEx: { version: '' },
  CreateFolder: { name: 'n' },
  Login: { userName: 'u', password: 'p' },
} as never;

export const answersOverHttps = transportTarget('answers-over-https', HttpsTransport);
export const answersOverSoap = transportTarget('answers-over-soap', SoapTransport);
