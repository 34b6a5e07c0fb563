import { beforeEach, describe, expect, test } from 'vitest';
import { anInventory } from '../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID } from '../../test/support/builders/observation';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import { VCENTER_FINALIZER, type VCenter, type VCenterStatus } from '../api/vcenter';
import type { VmGroup } from '../api/vm-group';
import { ApiError } from '../kubernetes';
import type { VCenterConnection } from '../vsphere/port';
import { VCenterReconciler } from './reconciler';
import type { Account } from './secret-account';

const never = new AbortController().signal;
const OTHERS = 'example.com/other';
const DELETED = { deletionTimestamp: '2026-01-02T00:00:00Z' };
const ADMITTED = { finalizers: [OTHERS, VCENTER_FINALIZER] };
const account = (password: string): Account => ({ kind: 'Found', credentials: { userName: 'operator', password } });

/** The story of one process: what it asked of its shards and of the API server, in order. */
let story: string[];
let checks: number;
let vcenters: Map<string, VCenter>;
let statuses: VCenterStatus[];
let groups: readonly VmGroup[];
let groupsKnown: boolean;
let secret: Account;
let leads: { base: boolean; vcenter: boolean };
let connection: Pick<VCenterConnection, 'status' | 'inventory' | 'checkCredentials'> | undefined;
let refusal: Error | undefined;
let gates: Map<string, Promise<void>>;
let reconciler: VCenterReconciler;

beforeEach(() => {
  story = [];
  checks = 0;
  statuses = [];
  groups = [];
  groupsKnown = true;
  vcenters = new Map();
  secret = account('one');
  leads = { base: true, vcenter: true };
  const about = { fullName: 'vCenter', version: '8.0.3', apiVersion: '8.0.3.0', instanceUuid: 'east' };
  connection = {
    status: { kind: 'Ready', about },
    inventory: anInventory('Datacenter:dc1'),
    checkCredentials: () => {
      checks += 1;
    },
  };
  refusal = undefined;
  gates = new Map();
  reconciler = newReconciler();
});

function put(metadata: object = ADMITTED, rest: Partial<VCenter> = {}): VCenter {
  const vcenter = aVCenter({}, rest);
  const stored = { ...vcenter, metadata: { ...vcenter.metadata, ...metadata } };
  vcenters.set('east', stored);
  return stored;
}

async function tell(what: string): Promise<void> {
  story.push(what);
  await gates.get(what);
}

/** Holds a step up. The returned function lets it go. */
function hold(what: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  gates.set(what, promise);
  return resolve;
}

function newReconciler(): VCenterReconciler {
  const write = async (what: string, change: (vcenter: VCenter) => VCenter, vcenter: VCenter) => {
    await tell(what);
    if (refusal !== undefined) throw refusal;
    vcenters.set('east', change(vcenter));
  };
  return new VCenterReconciler({
    clusterId: CLUSTER_ID,
    world: {
      vcenters: {
        get: (name) => vcenters.get(name),
        list: () => vcenters.values(),
        get size() {
          return vcenters.size;
        },
      },
      hasImplicit: true,
      labelsOf: () => ({}),
    },
    namespaceLabels: () => [{}],
    shards: {
      get leadsBase() {
        return leads.base;
      },
      leaveImplicit: () => tell('leave (env)'),
      useImplicit: () => tell('use (env)'),
      serve: async (_vcenter, isUsable) => {
        await tell(isUsable ? 'serve' : 'serve without a connection');
        const usage = { total: { vms: 0, cpu: 0, memoryMiB: 0 }, namespaces: new Map() };
        const held = { identity: 'pod-1', usage, privileges: undefined };
        return { leads: leads.vcenter, connection: connection as VCenterConnection, ...held };
      },
      end: () => tell('end'),
    },
    api: {
      replaceFinalizers: (vcenter, finalizers) =>
        write(
          `finalizers ${finalizers.join(' ')}`,
          (it) => ({ ...it, metadata: { ...it.metadata, finalizers: [...finalizers] } }),
          vcenter,
        ),
      replaceStatus: (vcenter, status) => {
        statuses.push(status);
        return write('status', (it) => ({ ...it, status }), vcenter);
      },
    },
    readAccount: async () => secret,
    groupsOn: () => groups,
    groupsKnown: () => groupsKnown,
    ...{ clock: new VirtualClock(), events: { record: () => {} } },
  });
}

const reconcile = () => reconciler.reconcile('east', never);

describe('R6: a new VCenter', () => {
  test('is admitted after the vCenter of the environment is left, by who leads the base', async () => {
    put({ finalizers: [OTHERS] });
    expect(await reconcile()).toEqual({});
    expect(story).toEqual(['leave (env)', 'end', `finalizers ${OTHERS} ${VCENTER_FINALIZER}`]);
  });

  test('is not admitted while a call to the vCenter of the environment may be under way', async () => {
    put({ finalizers: [] });
    const leave = hold('leave (env)');
    const running = reconcile();
    await settle();
    expect(story).toEqual(['leave (env)']);
    leave();
    await running;
    expect(story.at(-1)).toBe(`finalizers ${VCENTER_FINALIZER}`);
  });

  test('is only waited for by a process that does not lead the base', async () => {
    leads.base = false;
    put({});
    expect(await reconcile()).toEqual({});
    expect(story).toEqual(['leave (env)', 'end']);
  });

  test('is not admitted once it is being deleted', async () => {
    put(DELETED);
    expect(await reconcile()).toEqual({});
    expect(story).toEqual(['leave (env)', 'end']);
  });

  test('whose finalizer somebody took away is let go, and admitted again', async () => {
    put();
    await reconcile();
    story.length = 0;
    put({ finalizers: [OTHERS] });
    await reconcile();
    expect(story).toEqual(['leave (env)', 'end', `finalizers ${OTHERS} ${VCENTER_FINALIZER}`]);
  });
});

describe('a VCenter that is admitted', () => {
  test('is served by every process, and told about by the one that leads it', async () => {
    put();
    leads.vcenter = false;
    expect(await reconcile()).toEqual({});
    expect(story).toEqual(['leave (env)', 'serve']);
    leads.vcenter = true;
    expect(await reconcile()).toEqual({ requeueAfterMs: 60_000 });
    expect(story.slice(2)).toEqual(['leave (env)', 'serve', 'status']);
    expect(statuses).toMatchObject([{ leader: 'pod-1', groups: 0, clusterID: CLUSTER_ID }]);
  });

  test('R4: has its status written only when it differs', async () => {
    put();
    await reconcile();
    await reconcile();
    await reconcile();
    expect(statuses).toHaveLength(1);
    groups = [aGroup()];
    await reconcile();
    expect(statuses.map(({ groups: count }) => count)).toEqual([0, 1]);
  });

  test('R14: gets no connection while its spec cannot be read, and says so', async () => {
    put(ADMITTED, { specProblems: ['spec.endpoint.host: not a host'] });
    connection = undefined;
    await reconcile();
    expect(story).toEqual(['leave (env)', 'serve without a connection', 'status']);
    expect(statuses[0]?.conditions?.[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'InvalidSpec' });
  });

  test('is tried again when a write fails', async () => {
    put();
    refusal = new ApiError('Conflict', 'changed');
    await expect(reconcile()).rejects.toBe(refusal);
  });
});

describe('the account', () => {
  test('that changes is used at once, and once', async () => {
    put();
    await reconcile();
    const before = checks;
    await reconcile();
    expect(checks).toBe(before);
    secret = account('two');
    await reconcile();
    await reconcile();
    expect(checks).toBe(before + 1);
  });

  test('that changed before this process led the VCenter is used at once, too', async () => {
    put();
    await reconcile();
    expect(checks).toBe(1);
  });

  test('that goes and comes again as it was changes nothing', async () => {
    put();
    await reconcile();
    const before = checks;
    secret = { kind: 'None', reason: 'SecretNotFound', message: 'gone' };
    await reconcile();
    secret = account('one');
    await reconcile();
    expect(checks).toBe(before);
  });

  test('R10: is in no status', async () => {
    secret = account('hunter2');
    put();
    await reconcile();
    expect(JSON.stringify(statuses)).not.toContain('hunter2');
  });
});

describe('a VCenter that is being deleted', () => {
  test('is served while groups live on it', async () => {
    put({ ...ADMITTED, ...DELETED });
    groups = [aGroup()];
    expect(await reconcile()).toEqual({ requeueAfterMs: 60_000 });
    expect(story).toEqual(['leave (env)', 'serve', 'status']);
  });

  test('R6: ends before its finalizer goes, since another may then name the same vCenter', async () => {
    put({ ...ADMITTED, ...DELETED });
    const end = hold('end');
    const running = reconcile();
    await settle();
    expect(story).toEqual(['leave (env)', 'serve', 'end']);
    end();
    expect(await running).toEqual({});
    expect(story.at(-1)).toBe(`finalizers ${OTHERS}`);
  });

  test('R13: is served while groups may live on it that cannot be read', async () => {
    put({ ...ADMITTED, ...DELETED });
    groupsKnown = false;
    await reconcile();
    expect(story).toEqual(['leave (env)', 'serve', 'status']);
    expect(statuses[0]?.conditions?.at(-1)).toMatchObject({
      type: 'InUse',
      status: 'Unknown',
      reason: 'GroupsUnknown',
    });
  });

  test('is left to the process that leads it', async () => {
    put({ ...ADMITTED, ...DELETED });
    leads.vcenter = false;
    await reconcile();
    expect(story).toEqual(['leave (env)', 'serve']);
  });
});

describe('a VCenter that is gone', () => {
  test('is let go; the vCenter of the environment is used again after the last one', async () => {
    await reconcile();
    expect(story).toEqual(['end', 'use (env)']);
  });

  test('leaves the vCenter of the environment alone while there are others', async () => {
    vcenters.set('west', aVCenter());
    await reconcile();
    expect(story).toEqual(['end']);
  });
});
