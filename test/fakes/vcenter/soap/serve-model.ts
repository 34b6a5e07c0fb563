/** A model of vCenter behind HTTPS, for a process that knows vCenter by its address only. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { MethodName } from '../../../../src/vsphere/vim25/methods';
import { certificateFor, sendXml, soapFault, VERSIONS } from '../../../support/https-server';
import { ModelFault } from '../model-fault';
import { serveCall } from '../served-call';
import type { ModelServer } from '../server';
import { readRequest, type SoapRequest } from './read-request';
import { writeAnswer, writeFault } from './write-answer';

export interface ServedModel {
  readonly address: { readonly host: string; readonly port: number };
  /** Its own certificate, as PEM. */
  readonly caBundle: string;
  close(): void;
}

export interface ServeOptions {
  /** Called for each call, before it is carried out. */
  readonly onCall?: (call: SoapRequest) => void;
  /** Called with the bytes of each body. */
  readonly onBytes?: (way: 'Received' | 'Sent', bytes: number) => void;
}

const COOKIE = /vmware_soap_session="?([^";]+)/;
/** Longer than an operator that has nothing to do keeps a connection without a call. */
const KEEP_ALIVE_MS = 600_000;

export async function serveModel(
  model: ModelServer,
  { onCall = () => {}, onBytes = () => {} }: ServeOptions = {},
): Promise<ServedModel> {
  const { cert, key } = certificateFor(['127.0.0.1']);
  const server = createServer({ cert, key, keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    const send = (body: string, status: number, headers: Readonly<Record<string, string>> = {}) => {
      onBytes('Sent', Buffer.byteLength(body));
      for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
      sendXml(outgoing, body, status);
    };
    let message = '';
    incoming.setEncoding('utf8').on('data', (text: string) => {
      message += text;
    });
    incoming.once('end', () => {
      onBytes('Received', Buffer.byteLength(message));
      if (incoming.method === 'GET') {
        if (incoming.url === '/sdk/vimServiceVersions.xml') send(VERSIONS(model.parts.service.about.apiVersion), 200);
        else send('', 404);
        return;
      }
      const call = readRequest(message);
      const { method } = call;
      onCall(call);
      let sessionId: string | undefined;
      const leave = serveCall<MethodName>(
        model,
        { ...call, sessionId: COOKIE.exec(incoming.headers.cookie ?? '')?.[1] ?? call.sessionCookie },
        {
          answer: (value) => {
            const headers = { 'set-cookie': `vmware_soap_session="${sessionId}"; Path=/; HttpOnly; Secure` };
            send(writeAnswer(method, value), 200, sessionId === undefined ? {} : headers);
          },
          fail: (error) =>
            error instanceof ModelFault
              ? send(writeFault({ code: 'ServerFaultCode', text: error.message, fault: error.fault }), 500)
              : send(soapFault('ServerFaultCode', 'the model has failed'), 500),
          loggedIn: (id) => {
            sessionId = id;
          },
        },
      );
      if (leave !== undefined) outgoing.once('close', leave);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    caBundle: cert,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
