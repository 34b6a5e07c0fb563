import { beforeEach, describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { PrivilegeNeed } from '../../vmgroup/model/required-privileges';
import type { ConnectionStatus, ObjectPrivileges, VCenterConnection } from '../../vsphere';
import { PrivilegeWatch } from './privilege-watch';

const MINUTE_MS = 60_000;
const ABOUT = { fullName: 'vCenter', version: '8.0.3', apiVersion: '8.0.3.0', instanceUuid: 'east' };
const READY: ConnectionStatus = { kind: 'Ready', about: ABOUT };
const FOLDER = { type: 'Folder', value: 'f' };
const need = (...privileges: readonly string[]): PrivilegeNeed => ({
  ...{ object: FOLDER, noun: 'folder', path: '/dc/vm' },
  privileges,
});

let clock: VirtualClock;
let stop: AbortController;
let status: ConnectionStatus;
let userName: string;
let onStatus: (status: ConnectionStatus) => void;
let calls: number;
let changes: number;
let readAgain: string[];
let answer: () => Promise<readonly ObjectPrivileges[]>;
let watch: PrivilegeWatch;

beforeEach(() => {
  clock = new VirtualClock();
  stop = new AbortController();
  status = READY;
  userName = 'operator';
  calls = 0;
  changes = 0;
  readAgain = [];
  answer = async () => [{ object: FOLDER, privileges: ['A'] }];
  const connection: Pick<VCenterConnection, 'status' | 'userName' | 'calls' | 'onStatus' | 'readAgain'> = {
    get status() {
      return status;
    },
    get userName() {
      return userName;
    },
    calls: callsOf({
      readPrivileges: async () => {
        calls += 1;
        return await answer();
      },
    }),
    onStatus: (listener) => {
      onStatus = listener;
      return () => {};
    },
    readAgain: (reason) => {
      readAgain.push(reason);
      return 0;
    },
  };
  const onChange = () => {
    changes += 1;
  };
  watch = new PrivilegeWatch({ connection, clock, onChange, signal: stop.signal });
});

async function look(...needs: readonly PrivilegeNeed[]): Promise<void> {
  watch.look(needs.length === 0 ? [need('A')] : needs);
  await settle();
}

function change(next: ConnectionStatus): void {
  status = next;
  onStatus(next);
}

describe('the privileges of the account are asked for', () => {
  test('with one call, and each that is missing is told with its object', async () => {
    expect(watch.sight).toEqual({ kind: 'NotAsked' });
    await look(need('A', 'B'));
    expect(watch.sight).toEqual({ kind: 'Read', objects: [{ noun: 'folder', path: '/dc/vm', missing: ['B'] }] });
    expect([calls, changes]).toEqual([1, 1]);
  });

  test('R4: each half hour, however often somebody looks', async () => {
    for (let minute = 0; minute <= 60; minute += 1) {
      await look();
      await look();
      await clock.advance(MINUTE_MS);
    }
    expect(calls).toBe(3);
  });

  test('R4: at other objects, of another account and after a new connect, once a minute at most', async () => {
    await look();
    await look(need('B'));
    expect(calls).toBe(1);
    await clock.advance(MINUTE_MS);
    await look(need('B'));
    expect(calls).toBe(2);
    await clock.advance(MINUTE_MS);
    userName = 'another';
    await look(need('B'));
    expect(calls).toBe(3);
    await clock.advance(MINUTE_MS);
    change({ kind: 'Connecting', sinceMonotonicMs: 0 });
    await look(need('B'));
    expect(calls).toBe(3);
    change(READY);
    await look(need('B'));
    expect(calls).toBe(4);
  });

  test('not while no object is known', async () => {
    watch.look([]);
    expect([watch.sight.kind, calls]).toEqual(['NoPlace', 0]);
    await look();
    expect(calls).toBe(1);
  });

  test('R9: without anybody waiting for a vCenter that hangs, and not twice', async () => {
    answer = () => new Promise(() => {});
    await look();
    await clock.advance(60 * MINUTE_MS);
    await look();
    expect([calls, watch.sight.kind]).toEqual([1, 'NotAsked']);
  });

  test('R8: again after five minutes, if there was no answer', async () => {
    answer = async () => Promise.reject(new Error('no permission'));
    await look();
    expect(watch.sight).toEqual({ kind: 'Unreadable', message: 'no permission' });
    await clock.advance(4 * MINUTE_MS);
    await look();
    expect(calls).toBe(1);
    await clock.advance(MINUTE_MS);
    await look();
    expect([calls, changes]).toEqual([2, 2]);
  });

  test('not after the connection has ended, whose last answer counts no more', async () => {
    const { promise, resolve } = Promise.withResolvers<readonly ObjectPrivileges[]>();
    answer = () => promise;
    await look();
    stop.abort();
    resolve([]);
    await look();
    expect([calls, changes, watch.sight.kind]).toEqual([1, 0, 'NotAsked']);
  });
});

test('an account that sees no place may have been given the right since: everything is read again', () => {
  watch.look([]);
  expect(watch.sight).toEqual({ kind: 'NoPlace' });
  expect(readAgain).toEqual(['the account sees no place where machines could be made']);
});
