import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classifyFailure, TransportKind, VsphereError, type VsphereFailure, type WorkOutcome } from '../../src/vsphere';
import { isDataObject, listOf } from '../../src/vsphere/fault/classify';
import { listedFaults } from '../../src/vsphere/fault/fault-table';
import { refKey } from '../../src/vsphere/port';
import { readObjects } from '../../src/vsphere/property/property-reader';
import { BusyAdministrator } from '../contract/vcenter/busy-administrator';
import { cloneRequest, type Landmarks, landmarksOf, uuidOf } from '../contract/vcenter/contract-world';
import { type CallEnding, page, soapFault, TRANSPORT_FAILURES } from '../contract/vcenter/failure-table';
import { everything, freshPicture, pictureOf, replay } from '../contract/vcenter/inventory-picture';
import { type Failure, startVCenterProxy, type VCenterProxy } from '../envtest/proxies/vcenter-proxy';
import { freePort, type Vcsim } from '../envtest/real-parts';
import { administrator, type Connected, connected, forever, simulator } from './vsphere-world';

const WITHIN_MS = 60_000;
const call = { operationId: 'schedule', signal: forever };
/** After these faults it is not known whether the work was done. */
const UNDECIDED = ['Timedout', 'RequestCanceled', 'HostCommunication', 'HttpFault'];
/** The fault for a session that has ended. Only ExpireSession ends a session here. */
const SESSION_LOST = 'NotAuthenticated';

const OTHER = Array.from({ length: 32 }, () => 'AB').join(':');

/** Type, class, backoff, outcome. */
type Verdict = readonly [string, string, string, string];

const verdicts = [...listedFaults].map(
  ([type, rule]): Verdict => [type, rule.class, rule.backoff, UNDECIDED.includes(type) ? 'Unknown' : 'Refused'],
);
const asAnswers = verdicts.filter(([type]) => type !== SESSION_LOST);

function verdictOf(failure: VsphereFailure): Verdict {
  const { class: failureClass, backoff, reason } = classifyFailure(failure);
  return [reason, failureClass, backoff, failure.outcome];
}

/** One fault per class. */
const classExamples = [...new Map(asAnswers.map(([type, failureClass]) => [failureClass, type])).values()];

async function thrownBy(promise: Promise<unknown>): Promise<VsphereError | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(VsphereError);
    return VsphereError.from(error);
  }
}

async function endingOf(promise: Promise<unknown>): Promise<CallEnding | { code: string; outcome: string }> {
  const error = await thrownBy(promise);
  return error === undefined ? 'Answered' : { code: error.code, outcome: error.outcome };
}

describe.each(Object.values(TransportKind))('under a schedule of faults, over %s', (transportKind) => {
  let vcsim: Vcsim;
  let proxy: VCenterProxy;
  let admin: Awaited<ReturnType<typeof administrator>>;
  let world: Connected;
  let landmarks: Landmarks;
  let other: BusyAdministrator;

  beforeAll(async () => {
    vcsim = await simulator({ machines: 3 });
    proxy = await startVCenterProxy(vcsim);
    admin = await administrator(vcsim);
    // Almost no backoff, because the length of the waits is not tested here.
    world = await connected(proxy.vcsim, { transportKind, random: () => 0.9999 });
    await untilReady();
    landmarks = landmarksOf(world.connection);
    other = new BusyAdministrator(admin.session, landmarks, forever);
  });
  afterAll(async () => {
    await world.stop();
    await admin.close();
    await proxy.stop();
    await vcsim.stop();
  });

  const calls = () => world.connection.calls;
  const untilReady = () => world.until('ready', () => world.connection.status.kind === 'Ready', WITHIN_MS);
  const losses = () => world.statuses.filter(({ kind }) => kind === 'Connecting').length;
  const asked = (method: string) => proxy.calls.filter((one) => one.method === method).length;
  const failed = () => proxy.calls.filter(({ failure }) => failure !== undefined).length;
  const sessions = async () => {
    const { sessionManager } = admin.session.service;
    const { objects } = await readObjects(admin.session, [sessionManager], ['sessionList'], call);
    const list = listOf(objects[0]?.propSet?.[0]?.val);
    return list.map((session) => (isDataObject(session) ? String(session.userAgent) : ''));
  };
  const clone = (name: string) => calls().cloneVirtualMachine(cloneRequest(landmarks, name), call);
  /** The other person keeps changing objects until the condition holds. */
  const turnUntil = async (what: string, condition: () => boolean) => {
    const limit = AbortSignal.timeout(WITHIN_MS);
    while (!condition()) {
      if (limit.aborted) throw new Error(`not within ${WITHIN_MS} ms: ${what}`);
      await other.turn();
    }
  };

  test('each fault of the table, as the answer to a mutation, becomes an error with its type and class', async () => {
    const mutations = [
      ['PowerOnVM_Task', () => calls().powerOn(landmarks.template, call)],
      ['ReconfigVM_Task', () => calls().reconfigure({ ref: landmarks.template }, { annotation: 'x' }, call)],
      ['CreateFolder', () => calls().createFolder(landmarks.folder, 'never', call)],
      ['CloneVM_Task', () => clone('never')],
    ] as const;
    const seen: Verdict[] = [];
    for (const [type] of asAnswers) {
      const [method, send] = mutations[seen.length % mutations.length] ?? mutations[0];
      const before = asked(method);
      proxy.add({ methods: [method], times: 1, failure: soapFault(type) });
      const error = await thrownBy(send());
      expect(error?.code).toBe(type);
      expect(asked(method) - before).toBe(1);
      if (error !== undefined) seen.push(verdictOf(error));
    }
    expect(seen).toEqual(asAnswers);
    expect(losses()).toBe(0);
  });

  test('each fault of the table, as the end of a task, ends its work', async () => {
    for (const [type] of verdicts)
      proxy.add({ methods: ['CloneVM_Task'], times: 1, failure: { kind: 'TaskFault', fault: { type } } });
    // Each has another owner, so they run at once and may end in any order.
    const ends = await Promise.all(
      verdicts.map(([type]) => world.work('clone', 'Clone', () => clone('never'), `ns/${type}`)),
    );
    const seen = ends.map((end): Verdict => {
      if (end.kind === 'Succeeded') throw new Error('a fault was lost');
      expect(end.kind).toBe(end.failure.outcome === 'Unknown' ? 'Unknown' : 'Failed');
      return verdictOf(end.failure);
    });
    expect(seen.sort()).toEqual([...verdicts].sort());
    expect(losses()).toBe(0);
  });

  test('a session that has ended costs one login, and the call that found it is answered', async () => {
    proxy.add({ methods: ['CreateFolder'], times: 1, failure: { kind: 'ExpireSession' } });
    const before = { logins: asked('Login'), losses: losses() };
    const made = await calls().createFolder(landmarks.folder, 'made after the login', call);
    await world.until('resynced', () => losses() > before.losses && world.connection.status.kind === 'Ready');
    expect(asked('Login') - before.logins).toBe(1);
    expect(world.connection.inventory.entity(made)?.name).toBe('made after the login');
  });

  test.each(TRANSPORT_FAILURES)('$name ends a read and a mutation as in the table', async (row) => {
    const before = { folders: asked('CreateFolder'), reads: asked('FindAllByUuid') };
    proxy.add({ methods: ['CreateFolder'], times: 1, failure: row.failure });
    expect(await endingOf(calls().createFolder(landmarks.folder, row.name, call))).toEqual(row.mutation);
    proxy.add({ methods: ['FindAllByUuid'], times: 1, failure: row.failure });
    expect(await endingOf(calls().findByInstanceUuid(uuidOf('absent'), call))).toEqual(row.read);
    expect(asked('CreateFolder') - before.folders).toBe(1);
    const isSentAgain = row.read === 'Answered' && row.mutation !== 'Answered';
    expect(asked('FindAllByUuid') - before.reads).toBe(isSentAgain ? 2 : 1);
    const there = (await freshPicture(admin.session, call)).filter((line) => line.includes(`"${row.name}"`));
    expect(there).toHaveLength(row.reachesVCenter ? 1 : 0);
  });

  test('a read that is lost twice is an error', async () => {
    proxy.add({ methods: ['FindAllByUuid'], times: 2, failure: { kind: 'ResetBefore' } });
    const ending = await endingOf(calls().findByInstanceUuid(uuidOf('absent'), call));
    expect(ending).toEqual({ code: 'ConnectionLost', outcome: 'NotSent' });
  });

  test.each([
    ['a certificate of an unknown authority', () => proxy.vcsim, { trust: {} }, 'TLSUntrusted'],
    [
      'a certificate that is not the pinned one',
      () => proxy.vcsim,
      { trust: { fingerprints: [OTHER] } },
      'FingerprintMismatch',
    ],
    [
      'a port that refuses connections',
      async () => ({ ...proxy.vcsim, url: `https://127.0.0.1:${await freePort()}/sdk` }),
      {},
      'Refused',
    ],
  ] as const)('%s fails the connection before anything is sent', async (_, at, options, code) => {
    const refused = await connected(await at(), { transportKind, ...options });
    await refused.until('failed', () => refused.connection.status.kind === 'Failed');
    expect(refused.connection.status).toMatchObject({ error: { code, outcome: 'NotSent' } });
    await refused.stop();
  });

  test('the stream survives each failure, while another person makes changes and clones of ours run', async () => {
    const failures: readonly Failure[] = [
      ...TRANSPORT_FAILURES.map(({ failure }) => failure),
      ...classExamples.map(soapFault),
      { kind: 'ExpireSession' },
    ];
    const failedBefore = failed();
    const ends: Promise<WorkOutcome>[] = [];
    for (const failure of failures) {
      const before = { losses: losses(), failed: failed() };
      const name = `own-${ends.length}`;
      ends.push(world.work('clone', 'Clone', () => clone(name), `ns/${name}`));
      proxy.add({ methods: ['WaitForUpdatesEx'], times: 1, failure });
      const isSlow = failure.kind === 'SlowBody' || failure.kind === 'Latency';
      await turnUntil(failure.kind, () => (isSlow ? failed() > before.failed : losses() > before.losses));
      // A change while the stream starts again.
      await other.turn();
      await untilReady();
    }
    expect((await Promise.all(ends)).filter(({ kind }) => kind !== 'Succeeded')).toEqual([]);
    expect(failed() - failedBefore).toBe(failures.length);
  });

  test('a new connection survives failures at each of its calls', async () => {
    const methods = ['RetrieveServiceContent', 'CurrentTime', 'Login', 'CreatePropertyCollector'];
    methods.push('CreateContainerView', 'CreateListView', 'CreateFilter', 'WaitForUpdatesEx');
    const failures = [{ kind: 'ResetBefore' }, page(503), page(500), soapFault('SystemError')] as const;
    for (const method of methods)
      for (const failure of failures) {
        const before = failed();
        if (method === 'Login') proxy.add({ methods: ['CurrentTime'], times: 1, failure: { kind: 'ExpireSession' } });
        // A read is sent once more by itself.
        const times = failure.kind === 'ResetBefore' ? 2 : 1;
        proxy.breakConnections();
        proxy.add({ methods: [method], times, failure });
        await other.turn();
        await turnUntil(`${method} ${failure.kind}`, () => failed() >= before + times + (method === 'Login' ? 1 : 0));
        await untilReady();
      }
  });

  test('after all of them the inventory equals a fresh read, and no event was lost or sent twice', async () => {
    proxy.clear();
    await untilReady();
    await other.turn();
    const fresh = await freshPicture(admin.session, call);
    const { inventory } = world.connection;
    await expect.poll(() => pictureOf(inventory), { timeout: WITHIN_MS }).toEqual(fresh);
    expect(fresh.length).toBeGreaterThan(20);
    const objects = new Map(everything(inventory).map((object) => [refKey(object.ref), object]));
    expect(replay(world.changes)).toEqual(objects);
    expect(world.calls.filter(({ code }) => code === 'Internal')).toEqual([]);
  });

  test('after the stop its sessions have ended', async () => {
    await world.stop();
    await expect.poll(sessions).toHaveLength(1);
  });
});
