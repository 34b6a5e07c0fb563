/**
 * Both transports against an HTTPS server that answers as a test says. Their clock stands still and the calls have no
 * deadline, so that a slow machine fails no test.
 */
import { HttpsTransport } from '../../src/vsphere/transport/https-transport';
import type { ProxyAddress } from '../../src/vsphere/transport/proxy';
import { SoapTransport } from '../../src/vsphere/transport/soap/soap-transport';
import type { TransportCall, VimTransport } from '../../src/vsphere/transport/transport';
import { Trust } from '../../src/vsphere/transport/trust';
import type { VsphereError } from '../../src/vsphere/vim25/vsphere-error';
import { type Asked, envelope, httpsServer, sendXml, type TestServer, VERSIONS } from './https-server';
import { VirtualClock } from './time/virtual-clock';

const TRANSPORTS = { https: HttpsTransport, soap: SoapTransport } as const;
export type TransportName = keyof typeof TRANSPORTS;
export const TRANSPORT_NAMES = ['https', 'soap'] as const satisfies readonly TransportName[];

export const FOLDER = { type: 'Folder', value: 'group-1' };
export const NEW_FOLDER = { type: 'Folder', value: 'group-2' };
/** The answer to CreateFolder that stands for NEW_FOLDER. */
export const MADE = envelope(
  '<CreateFolderResponse xmlns="urn:vim25"><returnval type="Folder">group-2</returnval></CreateFolderResponse>',
);

export class TransportWorld {
  readonly #clock = new VirtualClock();
  readonly #opened: { close(): void }[] = [];

  /** Closes it with the world. */
  keep<T extends { close(): void }>(one: T): T {
    this.#opened.push(one);
    return one;
  }

  /** A server that tells these versions of the API and answers the calls. */
  async serving(
    answer: Parameters<typeof httpsServer>[0],
    versions = VERSIONS('8.0.2.0', '7.0', '6.7'),
  ): Promise<TestServer> {
    const server = await httpsServer((asked, response) =>
      asked.method === 'GET' ? sendXml(response, versions) : answer(asked, response),
    );
    return this.keep(server);
  }

  transportTo(name: TransportName, server: TestServer, proxy?: ProxyAddress): VimTransport {
    const trust = new Trust({ caBundle: server.caBundle }, this.#clock);
    return this.keep(new TRANSPORTS[name]({ address: server.address, trust, clock: this.#clock, proxy }));
  }

  close(): void {
    for (const one of this.#opened.splice(0)) one.close();
  }
}

export function createFolder(transport: VimTransport, call: Partial<TransportCall> = {}): Promise<unknown> {
  const signal = new AbortController().signal;
  return transport.invoke('CreateFolder', FOLDER, { name: 'n' }, { operationId: 'vmop-1', signal, ...call });
}

/** The error of a call that must fail. */
export function failureOf(call: Promise<unknown>): Promise<VsphereError> {
  return call.then(
    (value) => {
      throw new Error(`succeeded: ${JSON.stringify(value)}`);
    },
    (error) => error,
  );
}

/** The calls that have reached the server, without the questions about the version. */
export function callsTo(server: TestServer): readonly Asked[] {
  return server.asked.filter(({ method }) => method === 'POST');
}
