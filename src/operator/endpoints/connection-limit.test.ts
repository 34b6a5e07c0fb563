import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { ConnectionLimit } from './connection-limit';

function aSocket(remoteAddress: string) {
  const emitter = new EventEmitter();
  const socket = Object.assign(emitter, {
    remoteAddress,
    destroyed: false,
    destroy: () => {
      socket.destroyed = true;
      emitter.emit('close');
    },
  });
  return socket;
}

function holding(most: number, ...addresses: readonly string[]) {
  const limit = new ConnectionLimit(most);
  const sockets = addresses.map(aSocket);
  const admit = (socket: ReturnType<typeof aSocket>) => limit.admit(socket as unknown as Socket);
  for (const socket of sockets) admit(socket);
  return { admit, open: () => sockets.map(({ destroyed }) => !destroyed), limit };
}

test('a new connection takes the place of the oldest one of the address that has the most', () => {
  const { open } = holding(4, 'kubelet', 'stranger', 'stranger', 'prometheus', 'stranger', 'stranger');
  expect(open()).toEqual([true, false, false, true, true, true]);
});

test('where each address has one, the oldest goes', () => {
  expect(holding(2, 'a', 'b', 'c').open()).toEqual([false, true, true]);
});

test('a connection that has ended makes room', () => {
  const { admit, open } = holding(2, 'a');
  const ended = aSocket('a');
  admit(ended);
  ended.destroy();
  admit(aSocket('a'));
  expect(open()).toEqual([true]);
});

test('a connection that breaks off before it is read ends nothing', () => {
  const limit = new ConnectionLimit(2);
  const socket = aSocket('a');
  limit.admit(socket as unknown as Socket);
  socket.emit('error', new Error('ECONNRESET'));
  expect(socket.destroyed).toBe(true);
});
