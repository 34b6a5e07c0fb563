/** Dumps of decisions, as JSON of a line whose data is not packed: { vmOperatorDecision, version, group, uid, at, data: { … } }. */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DecisionError } from '../../../src/operator/commands/decisions/decision-error';
import { readDump } from '../../../src/operator/commands/decisions/dump';
import { runReplay } from '../../../src/operator/commands/decisions/replay-command';
import { runWhy } from '../../../src/operator/commands/decisions/why-command';
import { decisionLine, packDecision } from '../../../src/vmgroup/decisions/decision-line';
import type { Observation } from '../../../src/vmgroup/model/observation';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  aGuest,
  anObservation,
  anOperation,
  aReplica,
} from '../../support/builders/observation';
import { VirtualClock } from '../../support/time/virtual-clock';
import { changedObject } from '../change-value';
import { promised, promisedPrintable, type Target } from '../target';

function lineOf(observed: Observation): string {
  const planned = plan(observed);
  const decision = { observed, plan: planned, reportedFaults: new Map(), status: statusOf(observed, planned) };
  const { data, ...head } = JSON.parse(decisionLine(packDecision(decision, 2), '1.0.0')) as { readonly data: string };
  return JSON.stringify({ ...head, data: JSON.parse(zstdDecompressSync(Buffer.from(data, 'base64')).toString()) });
}

const GROUP = aGroup({ replicas: 3, extraConfig: [{ key: 'a', value: 'b' }], template: 'debian' });
const REPLICAS = [0, 1].map((ordinal) =>
  aReplica(GROUP, { ordinal }, { details: aGuest({ ipAddresses: ['192.0.2.1'] }) }),
);
const OLD = aReplica(
  GROUP,
  { ordinal: 2, revision: 'old0000000' },
  { powerState: 'suspended', host: { type: 'HostSystem', value: 'h' } },
);
const BUSY = anObservation(GROUP, {
  replicas: [...REPLICAS, OLD],
  known: { machines: [{ ref: OLD.machine.ref, slot: OLD.slot, name: 'gone', isShown: false }] },
  inFlight: [anOperation('Clone', { slot: { ordinal: 3, revision: 'r' }, machineName: 'web-3' })],
  faults: new Map([['0/x', aFault(GROUP)]]),
  written: new Map([['vm-1', new Set(['network' as const])]]),
  hadMachine: new Set(['0/x']),
  orphans: { kind: 'Restored', adopt: false, machines: [], refused: [], others: [OLD.machine] },
});

/** Two decisions, so that the second is told beside the first. The first is whole. */
async function take(text: string): Promise<void> {
  const dump = `${WHOLE}\n{"level":"info","msg":"between"}\n${packedLine(text)}\n`;
  const printed: string[] = [];
  const options = {
    environment: {},
    clock: new VirtualClock(),
    screen: { paint: (_: string, shown: string) => shown, width: 100 },
    standardInput: () => bytesOf(dump),
    print: (shown: string) => printed.push(shown),
    warn: (line: string) => promised(line !== '', 'what could not be read is told'),
  };
  const flags = { files: ['-'], output: 'table', help: false } as const;
  const read = await readDump([{ name: 'dump', text: bytesOf(dump) }]);
  promised(read.decisions.length >= 1, 'a damaged decision stands in the way of no other');
  promised((await runReplay({ ...options, flags })) <= 1, 'it ends with 0 or 1');
  const chosen = { namespace: undefined, operatorNamespace: undefined, kubeconfig: undefined, context: undefined };
  try {
    await runWhy(
      { ...options, flags: { ...flags, ...chosen, name: undefined, last: 5 } },
      new AbortController().signal,
    );
  } catch (error) {
    if (!(error instanceof DecisionError)) throw error;
  }
  promisedPrintable(printed.join(''));
}

async function* bytesOf(text: string): AsyncGenerator<string> {
  yield text;
}

/** By hand: what is changed may be too deep for JSON.stringify. */
function packedLine(text: string): string {
  const from = text.indexOf(DATA);
  if (from === -1) return text;
  const data = text.slice(from + DATA.length, text.lastIndexOf('}'));
  return `${text.slice(0, from)}${DATA}"${zstdCompressSync(data).toString('base64')}"}`;
}

const DATA = ',"data":';

const SEEDS = [
  lineOf(BUSY),
  lineOf(anObservation(aDeletedGroup(), { replicas: REPLICAS })),
  lineOf(
    anObservation(aGroup(), {
      vcenter: {
        kind: 'Unavailable',
        name: 'lab',
        reason: 'Unreachable',
        message: 'away',
        needsUser: false,
        reconnecting: false,
      },
    }),
  ),
];
const WHOLE = packedLine(SEEDS[0] ?? '');

export const decisionDumps: Target = {
  name: 'decision-dumps',
  ending: 'json',
  seeds: SEEDS,
  change: changedObject,
  take,
};
