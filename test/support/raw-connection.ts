/** A connection that sends any bytes, to an address such as 127.0.0.1:8081. */
import { connect, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';

export class RawConnection {
  /** Resolves when it is closed, by whom ever and why ever. */
  readonly closed: Promise<void>;
  #received = '';
  readonly #waiting = new Set<() => void>();

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.#received += text;
      for (const look of this.#waiting) look();
    });
    socket.on('error', () => socket.destroy());
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const look of this.#waiting) look();
        resolve();
      });
    });
  }

  static async open(address: string, options: { readonly secure?: boolean } = {}): Promise<RawConnection> {
    const at = address.lastIndexOf(':');
    const to = { host: address.slice(0, at), port: Number(address.slice(at + 1)) };
    const socket = options.secure === true ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
    const connection = new RawConnection(socket);
    await new Promise<void>((resolve) => {
      socket.once(options.secure === true ? 'secureConnect' : 'connect', resolve);
      socket.once('close', () => resolve());
    });
    return connection;
  }

  /** All that came so far. */
  get received(): string {
    return this.#received;
  }

  send(bytes: string | Buffer): void {
    if (this.socket.writable) this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Resolves with the status of the first answer, or with 'closed' when the connection ends without one. */
  status(): Promise<number | 'closed'> {
    return new Promise((resolve) => {
      const look = () => {
        const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(this.#received) ?? [];
        if (status === undefined && !this.socket.destroyed) return;
        this.#waiting.delete(look);
        resolve(status === undefined ? 'closed' : Number(status));
      };
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** By a TCP reset, as when the program has crashed; over TLS, where Node has none, without a goodbye. */
  reset(): void {
    if (this.socket instanceof TLSSocket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }
}

/** Sends, and tells the status of the answer; 'closed' when there is none. */
export async function statusOf(
  address: string,
  bytes: string | Buffer,
  options: { readonly secure?: boolean } = {},
): Promise<number | 'closed'> {
  const connection = await RawConnection.open(address, options);
  connection.send(bytes);
  const status = await connection.status();
  connection.close();
  return status;
}
