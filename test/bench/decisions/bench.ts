/** `npm run bench -- decisions`: what it costs to keep decisions, beside the plan and the status that a reconcile makes anyway. */
import { packDecision } from '../../../src/vmgroup/decisions/decision-line';
import { DecisionLog } from '../../../src/vmgroup/decisions/decision-log';
import { decisionMark } from '../../../src/vmgroup/decisions/decision-mark';
import type { Decision } from '../../../src/vmgroup/model/decision';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import { aGroup, aGuest, anObservation, aReplica } from '../../support/builders/observation';

const ROUNDS = 100;
const WARM_UP = 30;
const GROUPS = 2_000;
const TURNS = 20;

export async function benchDecisions(): Promise<void> {
  const rows = [3, 50, 500].map((replicas) => {
    const decision = aDecision(replicas, 'web', 0);
    const { observed } = decision;
    const decideMs = medianMs(() => statusOf(observed, plan(observed)));
    const markMs = medianMs(() => decisionMark(decision));
    const packMs = medianMs(() => packDecision(decision, 0));
    const { length } = packDecision(decision, 0).packed;
    return [
      String(replicas),
      ...[decideMs, markMs, packMs].map((ms) => `${ms.toFixed(2)} ms`),
      `${(length / 1024).toFixed(1)} KiB`,
    ];
  });
  const table = [['replicas', 'plan and status', 'is it another', 'packed in', 'takes'], ...rows];
  for (const row of table)
    process.stdout.write(`${row.map((cell) => cell.padStart(15)).join('  ')}
`);
  const log = new DecisionLog({ version: '0', onFailure: (error) => process.stderr.write(`${error}\n`) });
  for (let turn = 0; turn < TURNS; turn += 1)
    for (let group = 0; group < GROUPS; group += 1) log.decided(aDecision(3, `web-${group}`, turn));
  process.stdout.write(
    `${GROUPS} groups, each with ${TURNS} decisions: ${(log.bytes / 2 ** 20).toFixed(2)} MiB kept\n`,
  );
}

function aDecision(replicas: number, name: string, turn: number): Decision {
  const group = aGroup({ replicas }, { metadata: { ...aGroup().metadata, name } });
  const there = [...Array(replicas - (turn % 3)).keys()].map((ordinal) =>
    aReplica(
      group,
      { ordinal },
      { details: aGuest({ toolsRunning: true, ipAddresses: [`10.2.${ordinal >> 8}.${ordinal & 255}`] }) },
    ),
  );
  const known = {
    machines: there.map(({ machine, slot }) => ({ ref: machine.ref, slot, name: machine.name, isShown: true })),
  };
  const first = anObservation(group, { replicas: there, known });
  const status = statusOf(first, plan(first));
  const observed = { ...first, group: { ...group, ...(status !== undefined && { status }) } };
  const planned = plan(observed);
  return { observed, plan: planned, reportedFaults: observed.faults, status: statusOf(observed, planned) };
}

function medianMs(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const from = process.hrtime.bigint();
    run();
    if (round >= WARM_UP) times.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
