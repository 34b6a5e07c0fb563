/** A process with the model of vCenter behind HTTPS, so that the operator's figures are the operator's. Started by vcenter.ts. */
import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { LANDMARK, MODEL_ACCOUNT, PLAIN_QUIRKS, VCenterModel } from '../../fakes/vcenter';
import type { Order, Report, VCenterFigures, VCenterOptions } from './vcenter';

const options = JSON.parse(process.argv[2] ?? '{}') as VCenterOptions;
const model = new VCenterModel({
  clock: systemClock,
  random: seededRandom(1),
  quirks: {
    ...PLAIN_QUIRKS,
    cloneMs: { from: options.cloneMs, to: options.cloneMs },
    pageObjects: 1_000,
  },
  machines: options.foreignMachines,
});
model.tasks.cloneSlots = options.cloneSlots;
model.storage.datastore(LANDMARK.datastore).freeGiB = 1_000_000;
/** What a change of template leads to: another one, with the same contents. */
model.truth.addMachine({
  ...model.truth.machine(LANDMARK.template),
  ref: { type: 'VirtualMachine', value: model.truth.nextId('vm') },
  name: options.otherTemplate,
  instanceUuid: '50000000-0000-4000-8000-000000000012',
});

let calls = new Map<string, number>();
let bytes = { Received: 0, Sent: 0 };
let powerOnLagsMs: number[] = [];
let firstChangeWallMs: number | undefined;
let lastCallWallMs = 0;
/** When the clone of a machine ended that nobody has powered on yet. */
const clonedAtMs = new Map<string, number>();

model.truth.onChange((ref) => {
  if (ref.type !== 'Task' || !model.tasks.has(ref)) return;
  const { descriptionId, state, result } = model.tasks.get(ref);
  if (descriptionId !== 'VirtualMachine.clone' || state !== 'success' || result === undefined) return;
  if (!clonedAtMs.has(result.value)) clonedAtMs.set(result.value, systemClock.monotonicMs());
});

function figures(): VCenterFigures {
  const ours = model.machines.filter(({ madeBy }) => madeBy === MODEL_ACCOUNT.userName);
  const { user, system } = process.cpuUsage();
  return {
    calls: Object.fromEntries(calls),
    receivedBytes: bytes.Received,
    sentBytes: bytes.Sent,
    powerOnLagsMs,
    ...(firstChangeWallMs !== undefined && { firstChangeWallMs }),
    lastCallWallMs,
    machines: ours.length,
    poweredOn: ours.filter(({ powerState }) => powerState === 'poweredOn').length,
    sessions: model.sessionCount,
    cpuMs: (user + system) / 1000,
  };
}

function report(value: Report): void {
  process.send?.(value);
}

process.on('message', (order: Order) => {
  switch (order) {
    case 'Figures':
      report({ kind: 'Figures', figures: figures() });
      break;
    case 'Forget':
      calls = new Map();
      bytes = { Received: 0, Sent: 0 };
      powerOnLagsMs = [];
      firstChangeWallMs = undefined;
      report({ kind: 'Figures', figures: figures() });
      break;
  }
});
process.on('disconnect', () => process.exit());

void model
  .serve({
    onCall: ({ method, self }) => {
      calls.set(method, (calls.get(method) ?? 0) + 1);
      if (method === 'WaitForUpdatesEx') return;
      lastCallWallMs = systemClock.wallMs();
      if (/_Task$|^CreateFolder$/.test(method)) firstChangeWallMs ??= lastCallWallMs;
      const endedMs = method === 'PowerOnVM_Task' ? clonedAtMs.get(self.value) : undefined;
      if (endedMs === undefined) return;
      clonedAtMs.delete(self.value);
      powerOnLagsMs.push(systemClock.monotonicMs() - endedMs);
    },
    onBytes: (way, count) => {
      bytes[way] += count;
    },
  })
  .then(({ address, caBundle }) => report({ kind: 'Serves', port: address.port, caBundle, ...MODEL_ACCOUNT }));
