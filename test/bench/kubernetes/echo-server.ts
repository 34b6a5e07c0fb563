/**
 * A server that needs almost no CPU: it sends the same recorded answer to each GET, over TLS with keep-alive. It runs in a
 * separate process (see recorded-server.ts), so that only the client is measured.
 */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';

export interface EchoOrder {
  readonly cert: string;
  readonly key: string;
  /** The recorded answer, as JSON. */
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';

function echo({ cert, key, body }: EchoOrder): void {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const answer = Buffer.from(head + body);
  // Clients send their certificate, as they do to kube-apiserver.
  const server = createServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (socket) => {
    let rest = '';
    socket.setNoDelay(true);
    socket.setEncoding('latin1').on('data', (text: string) => {
      rest += text;
      for (let end = rest.indexOf(HEAD_END); end !== -1; end = rest.indexOf(HEAD_END)) {
        const closing = /^connection: *close\r?$/im.test(rest.slice(0, end + 2));
        rest = rest.slice(end + HEAD_END.length);
        socket.write(answer);
        if (closing) socket.end();
      }
    });
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
  process.stdin.on('end', () => process.exit(0)).resume();
}

if (require.main === module) echo(JSON.parse(process.argv[2] ?? '{}') as EchoOrder);
