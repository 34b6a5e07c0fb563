import { beforeEach, describe, expect, test } from 'vitest';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { VmGroup } from '../../api/vm-group';
import { LeadershipLost } from '../../kubernetes';
import type { RegisteredVCenter } from '../../vcenter/registry';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';
import type { ConnectionStatus, VCenterConnection } from '../../vsphere';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import { Logger } from '../telemetry/logger';
import { Shard } from './shard';

const never = new AbortController().signal;

/** What the shard did with its Lease and its connections, in order. */
let story: string[];
let clock: VirtualClock;
let lose: (error: unknown) => void;
let changed: () => void;
/** Ends the run of a connection, as its last call ends. */
let lastCallEnds: Map<string, () => void>;
let shard: Shard;
let groups: readonly VmGroup[];
/** Groups that were requested to be looked at. */
let looks: string[];

beforeEach(() => {
  story = [];
  groups = [];
  looks = [];
  changed = () => {};
  clock = new VirtualClock();
  lastCallEnds = new Map();
  shard = new Shard({
    name: 'east',
    leadership: {
      renewedAtMs: undefined,
      isLeader: true,
      identity: 'pod-1',
      mayMutate: () => true,
      acquire: async () => void story.push('acquire'),
      renew: (signal) =>
        new Promise((_, reject) => {
          lose = reject;
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      release: async () => void story.push('release'),
    },
    isElected: true,
    leaseDurationMs: 15_000,
    cluster: {
      id: CLUSTER_ID,
      groups: {
        get: () => undefined,
        list: () => groups,
        byTemplate: () => [],
        byFolder: () => [],
        byFolderName: () => [],
        isFolderOfAnother: () => false,
        hasUid: () => false,
      },
      writer: { replaceStatus: async () => undefined, replaceFinalizers: async () => undefined },
      events: { record: () => {}, flush: () => {} },
      readCrdDeletion: async () => ({ kind: 'None' }),
      readSecret: async () => ({ kind: 'NotFound' }),
      readSpec: async () => undefined,
    },
    limits: () => ({}),
    elsewhere: { holds: () => false, onChange: () => () => {} },
    isProbedElsewhere: () => false,
    select: () => ({ kind: 'None', reason: 'NoVCenter', message: 'none' }),
    queue: {
      add: (key) => void looks.push(key),
      addAfter: () => {},
      addNews: (key) => void looks.push(`${key} first`),
    },
    relist: async () => void story.push('list again'),
    onLost: (error) => void story.push(`lost: ${String(error)}`),
    onChange: () => changed(),
    unowned: { groups: { synced: true, hasUid: () => false, byFolderName: () => [] }, watchNamespaces: [] },
    clock,
    random: () => 0.5,
    logger: new Logger({ level: 'error', format: 'text', clock, write: () => {} }),
  });
});

/** A vCenter whose connection runs until its last call ends. */
function aConnected(name: string): RegisteredVCenter {
  const listeners = new Set<(status: ConnectionStatus) => void>();
  const connection: VCenterConnection = {
    status: { kind: 'Connecting', sinceMonotonicMs: 0 },
    inventory: new InventoryStore(),
    calls: callsOf({}),
    dispatcher: { replaceWaiting: () => {} } as unknown as VCenterConnection['dispatcher'],
    userName: undefined,
    streamAnsweredAtMs: undefined,
    certificate: undefined,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onInventoryChange: () => () => {},
    checkCredentials: () => {},
    readAgain: () => 3_600_000,
    guestInfo: { want: () => {} },
    run: async (signal) => {
      story.push(`${name} runs`);
      await new Promise<void>((resolve) => lastCallEnds.set(name, resolve));
      expect(signal.aborted).toBe(true);
      story.push(`${name} ended`);
    },
  };
  return { name: 'east', defaultFolder: 'vm-operator', tenants: DEFAULT_TENANT_POLICY, connection };
}

describe('R6: the Lease is given back', () => {
  test('only when no call of the connection is under way any more', async () => {
    shard.connect(aConnected('first'));
    await shard.lead(never);
    const ending = shard.end(never);
    await settle();
    expect(story).toEqual(['first runs', 'acquire', 'list again']);
    lastCallEnds.get('first')?.();
    await ending;
    expect(story.slice(3)).toEqual(['first ended', 'release']);
  });

  test('only when a connection that was ending already has ended', async () => {
    shard.connect(aConnected('first'));
    await shard.lead(never);
    void shard.disconnect();
    const ending = shard.end(never);
    await settle();
    expect(story).not.toContain('release');
    lastCallEnds.get('first')?.();
    await ending;
    expect(story.slice(3)).toEqual(['first ended', 'release']);
  });
});

describe('a shard', () => {
  test('that begins looks first at groups that were changed while nobody led', async () => {
    const changedTo = (name: string, generation: number) => {
      const { metadata } = aGroup();
      return aGroup({}, { metadata: { ...metadata, name, generation }, status: { observedGeneration: 3 } });
    };
    groups = [changedTo('same', 3), changedTo('changed', 4)];
    await shard.lead(never);
    looks = [];
    shard.wakeAll();
    expect(looks).toEqual(['shop/same', 'shop/changed first']);
  });

  test('R13: leads once it has the Lease and has listed again, and not any more at its end', async () => {
    const leading = shard.lead(never);
    expect(shard.leads).toBe(false);
    await leading;
    expect(story).toEqual(['acquire', 'list again']);
    expect(shard.leads).toBe(true);
    await shard.end(never);
    expect(shard.leads).toBe(false);
  });

  test('R6: tells that its Lease is lost, but not that it was given back', async () => {
    await shard.lead(never);
    lose(new LeadershipLost('taken'));
    await settle();
    expect(story.at(-1)).toContain('lost: LeadershipLost: taken');
    story.length = 0;
    await shard.end(never);
    lose(new LeadershipLost('late'));
    await settle();
    expect(story).toEqual(['release']);
  });

  test('has a connection from connect to disconnect, and another one after it', async () => {
    expect(shard.connection).toBeUndefined();
    shard.connect(aConnected('first'));
    const first = shard.connection;
    expect(first).toBeDefined();
    const ended = shard.disconnect();
    expect(shard.connection).toBeUndefined();
    lastCallEnds.get('first')?.();
    await ended;
    shard.connect(aConnected('second'));
    expect(shard.connection).not.toBe(first);
    expect(story).toEqual(['first runs', 'first ended', 'second runs']);
  });

  test('R9: tells when a connection that was ended has come to its end', async () => {
    shard.connect(aConnected('first'));
    expect(shard.isEnding).toBe(false);
    void shard.disconnect();
    expect(shard.isEnding).toBe(true);
    lastCallEnds.get('first')?.();
    story.length = 0;
    changed = () => void story.push('changed');
    await settle();
    expect(shard.isEnding).toBe(false);
    expect(story).toEqual(['first ended', 'changed']);
  });

  test('connects to nothing after its end, when somebody has waited for that', async () => {
    await shard.end(never);
    shard.connect(aConnected('late'));
    expect(story).toEqual(['release']);
    expect(shard.connection).toBeUndefined();
  });

  test('leaves no timer behind', async () => {
    shard.connect(aConnected('first'));
    await shard.lead(never);
    const ending = shard.end(never);
    lastCallEnds.get('first')?.();
    await ending;
    expect(clock.pending).toBe(0);
  });
});
