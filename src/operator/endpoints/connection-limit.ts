import type { Socket } from 'node:net';

/**
 * How many connections a server keeps. Over the limit a new one is taken and an old one is closed, so that somebody who
 * holds many open does not keep others out: the oldest goes, of the address that has the most.
 */
export class ConnectionLimit {
  readonly #most: number;
  /** In the order of their arrival. */
  readonly #open = new Map<Socket, string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Call it for each accepted connection, before a byte of it is read. */
  admit(socket: Socket): void {
    this.#open.set(socket, socket.remoteAddress ?? 'gone');
    socket.once('close', () => this.#open.delete(socket));
    // A connection that breaks off before anybody reads it must not end the process.
    socket.on('error', () => socket.destroy());
    while (this.#open.size > this.#most) this.#closeOne();
  }

  /** Closes all of them, also those that are still in their TLS handshake, which no HTTP server knows of. */
  closeAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }

  #closeOne(): void {
    const counts = new Map<string, number>();
    for (const address of this.#open.values()) counts.set(address, (counts.get(address) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const [oldest] = [...this.#open].find(([, address]) => counts.get(address) === most) ?? [];
    if (oldest === undefined) return;
    this.#open.delete(oldest);
    oldest.destroy();
  }
}
