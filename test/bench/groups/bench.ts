/**
 * `npm run bench -- groups`: makes 50 groups of 10 machines on the simulator, whose clones take no time. Folders, clones and
 * power-ons go through the dispatcher of a connection. Beside it a loop over govmomi with one property collector and as
 * many clones at once.
 */
import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import {
  type CallEnd,
  callEndChannel,
  connectVCenter,
  type ManagedObjectReference,
  staticCredentials,
  type VCenterConnection,
  type Work,
  type WorkOutcome,
} from '../../../src/vsphere';
import { type Binaries, findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { startVcsim, type Vcsim } from '../../envtest/real-parts';
import { printTable } from '../table';
import { type LoopFigures, runGovmomiLoop } from './govmomi-loop';

const GROUPS = 50;
const MACHINES = 10;
const WIDTH = 64;
const MARKS = ['cluster', 'group', 'uid', 'ordinal', 'revision', 'instance'].map((name) => `codeconnect.${name}`);
const forever = new AbortController().signal;

export async function benchGroups(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const ours = await onFreshSimulator(binaries, makeGroups);
  const other = await onFreshSimulator(binaries, (vcsim) => runGovmomiLoop(vcsim, GROUPS, MACHINES, WIDTH));
  const each = ({ requests }: LoopFigures) => requests / (GROUPS * MACHINES);
  const withWaits = ({ requests, waits }: LoopFigures) => (requests + waits) / (GROUPS * MACHINES);
  printTable(`${GROUPS} groups of ${MACHINES} machines, ${WIDTH} clones at once`, 'govmomi', [
    { what: 'from connecting to the last power-on', ours: ours.ms, other: other.ms, unit: 'ms', better: 'Less' },
    { what: 'requests per machine', ours: each(ours), other: each(other), unit: '', better: 'Less' },
    { what: 'with WaitForUpdatesEx', ours: withWaits(ours), other: withWaits(other), unit: '', better: 'Less' },
  ]);
}

async function onFreshSimulator(binaries: Binaries, run: (vcsim: Vcsim) => Promise<LoopFigures>): Promise<LoopFigures> {
  const vcsim = await startVcsim(binaries, { delaysMs: {}, strict: 'Off' }, forever);
  try {
    return await run(vcsim);
  } finally {
    await vcsim.stop();
  }
}

async function makeGroups(vcsim: Vcsim): Promise<LoopFigures> {
  const { hostname: host, port } = new URL(vcsim.url);
  const counts = new Map<string, number>();
  const onCall = (message: unknown) => {
    const { method } = message as CallEnd;
    counts.set(method, (counts.get(method) ?? 0) + 1);
  };
  callEndChannel.subscribe(onCall);
  const startMs = systemClock.monotonicMs();
  const connection = connectVCenter({
    server: { host, port: Number(port) },
    trust: { caBundle: await readFile(vcsim.caFile, 'utf8') },
    credentials: staticCredentials({ userName: vcsim.user, password: vcsim.password }),
    watchedExtraConfigKeys: MARKS,
    maxConcurrentTasks: WIDTH,
    clock: systemClock,
    random: seededRandom(1),
  });
  const stopping = new AbortController();
  const ready = new Promise<void>((resolve) => {
    connection.onStatus(({ kind }) => kind === 'Ready' && resolve());
  });
  const run = connection.run(stopping.signal);
  await ready;
  await Promise.all(Array.from({ length: GROUPS }, (_, group) => makeGroup(connection, group)));
  const ms = systemClock.monotonicMs() - startMs;
  // The inventory must be complete too, not only the tasks.
  const on = [...connection.inventory.virtualMachines()].filter(({ powerState }) => powerState === 'poweredOn');
  if (on.length !== GROUPS * MACHINES) throw new Error(`${on.length} machines are powered on of ${GROUPS * MACHINES}`);
  callEndChannel.unsubscribe(onCall);
  stopping.abort();
  await run;
  const waits = counts.get('WaitForUpdatesEx') ?? 0;
  counts.delete('WaitForUpdatesEx');
  const sorted = [...counts].sort(([, a], [, b]) => b - a).map(([method, count]) => `${method} ${count}`);
  process.stdout.write(`our requests: ${sorted.join(', ')}; WaitForUpdatesEx ${waits}\n\n`);
  return { ms, requests: [...counts.values()].reduce((sum, count) => sum + count, 0), waits };
}

async function makeGroup(connection: VCenterConnection, group: number): Promise<void> {
  const { inventory, calls } = connection;
  const owner = `default/group-${group}`;
  const waiting = new Map<string, Work>();
  const send = (key: string, lane: Work['lane'], step: Work['send']) =>
    new Promise<WorkOutcome>((resolve) => {
      const onSent = () => void waiting.delete(key);
      const nothing = () => undefined;
      waiting.set(key, { key, lane, mayStart: () => true, onSent, onTask: nothing, onEnd: resolve, send: step });
      connection.dispatcher.replaceWaiting(owner, [...waiting.values()]);
    });
  const call = (operation: string, signal: AbortSignal) => ({ operationId: `vmop-${group}-${operation}`, signal });
  const parent = refOf(inventory.findEntity(['Folder'], '/vcqaDC/vm/vm-operator'));
  const resourcePool = refOf(inventory.findEntity(['ResourcePool'], 'Resources'));
  const datacenter = refOf(inventory.findEntity(['Datacenter'], 'vcqaDC'));
  const template = refOf(inventory.findVirtualMachine('vm-operator-template', datacenter));
  let folder = parent;
  await send('folder', 'Other', async (signal) => {
    folder = await calls.createFolder(parent, `default.group-${group}`, call('folder', signal));
    return undefined;
  });
  const machines = Array.from({ length: MACHINES }, async (_, ordinal) => {
    const instanceUuid = `00000000-0000-5000-8000-${String(group * MACHINES + ordinal).padStart(12, '0')}`;
    const marks = ['one', owner, `uid-${group}`, String(ordinal), 'r1', instanceUuid];
    const request = {
      ...{ template, folder, resourcePool, instanceUuid, numCpu: 1, memoryMiB: 1024, annotation: owner },
      name: `group-${group}-replica-${ordinal}`,
      extraConfig: Object.fromEntries(MARKS.map((mark, index) => [mark, marks[index] ?? ''])),
    };
    const made = await send(`clone-${ordinal}`, 'Clone', (signal) =>
      calls.cloneVirtualMachine(request, call(`clone-${ordinal}`, signal)),
    );
    if (made.kind !== 'Succeeded' || made.result === undefined) throw new Error(JSON.stringify(made));
    const machine = made.result;
    const on = await send(`on-${ordinal}`, 'Other', (signal) => calls.powerOn(machine, call(`on-${ordinal}`, signal)));
    if (on.kind !== 'Succeeded') throw new Error(JSON.stringify(on));
  });
  await Promise.all(machines);
}

function refOf(
  lookup:
    | { readonly kind: 'Found'; readonly object: { readonly ref: ManagedObjectReference } }
    | { readonly kind: 'NotFound' | 'Ambiguous' },
): ManagedObjectReference {
  if (lookup.kind !== 'Found') throw new Error(`the simulator's inventory is not as expected: ${lookup.kind}`);
  return lookup.object.ref;
}
