import { beforeEach, describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { ApiRequest, ApiServer } from '../../kubernetes';
import { Logger } from '../telemetry/logger';
import { takeOver } from './take-over';

let story: string[];
let clock: VirtualClock;
/** Ends the lists that are under way. */
let listed: () => void;
let stop: AbortController;
let leading: Promise<string>;

describe('R6: a process whose lists hang', () => {
  beforeEach(() => {
    story = [];
    clock = new VirtualClock();
    stop = new AbortController();
    leading = takeOver(
      {
        leadership: {
          renewedAtMs: undefined,
          isLeader: true,
          identity: 'pod-1',
          mayMutate: () => true,
          acquire: async () => void story.push('acquire'),
          renew: (signal) =>
            new Promise((_, reject) =>
              signal.addEventListener('abort', () => {
                story.push('renews no more');
                reject(signal.reason);
              }),
            ),
          release: async () => void story.push('release'),
        },
        isElected: true,
        leaseDurationMs: 15_000,
        relist: (signal) =>
          new Promise((resolve, reject) => {
            story.push('list');
            listed = resolve;
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
        onLost: (error) => void story.push(`lost: ${String(error)}`),
        clock,
        logger: new Logger({ level: 'error', format: 'text', clock, write: () => {} }),
      },
      stop.signal,
    ).then(
      () => 'leads',
      (error) => String(error),
    );
  });

  test('gives the Lease back, and asks for it again only when it gets lists', async () => {
    await clock.advance(15_000);
    expect(story).toEqual(['acquire', 'list', 'renews no more', 'release']);
    await clock.advance(600_000);
    expect(story.slice(4)).toEqual(['list']);
    listed();
    await settle();
    expect(story.slice(5)).toEqual(['acquire', 'list']);
    listed();
    expect(await leading).toBe('leads');
    expect(clock.pending).toBe(0);
  });

  test('waits longer each time, so that slow lists are enough in the end', async () => {
    await clock.advance(30_000);
    listed();
    await clock.advance(29_000);
    expect(story.slice(4)).toEqual(['list', 'acquire', 'list']);
    listed();
    expect(await leading).toBe('leads');
  });

  test('ends where it is when the process stops', async () => {
    await clock.advance(20_000);
    stop.abort(new Error('stopping'));
    expect(await leading).toBe('Error: stopping');
    expect(clock.pending).toBe(0);
  });
});

test('R6: a replica that gets no list any more does not keep its vCenters from the others', async () => {
  const world = await ManagedWorld.with();
  await world.addVCenter('east');
  const first = world.start('first');
  await world.clock.advance(30_000);
  let isSick = false;
  const sick: ApiServer = {
    server: world.model.server,
    request: <T>(request: ApiRequest, signal: AbortSignal) =>
      isSick && request.method === 'GET' && /\/(vmgroups|vcenters|namespaces)$/.test(request.path)
        ? new Promise<T>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : world.model.request<T>(request, signal),
    stream: (request, signal) => world.model.stream(request, signal),
    close: () => {},
  };
  const second = world.start('second', [], sick);
  await world.clock.advance(30_000);
  const third = world.start('third');
  await world.clock.advance(30_000);
  expect(first.leads()).toContain('east');
  isSick = true;
  first.stop();
  await world.clock.advance(60_000);
  expect(second.leads()).toEqual([]);
  expect(third.leads().sort()).toEqual(['(env)', 'east']);
  third.stop();
  isSick = false;
  await world.clock.advance(120_000);
  expect(second.leads().sort()).toEqual(['(env)', 'east']);
  await world.end();
});
