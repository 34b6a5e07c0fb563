/** `npm run bench -- plan`: the time of `plan` and `statusOf` for a group of 500 replicas, in several states. */
import { revisionOf } from '../../../src/api/identity';
import type { VmGroup } from '../../../src/api/vm-group';
import type { Observation, Replica } from '../../../src/vmgroup/model/observation';
import { plan } from '../../../src/vmgroup/plan/plan';
import { statusOf } from '../../../src/vmgroup/status/status';
import { aGroup, anObservation, anOperation, aReplica } from '../../support/builders/observation';
import { aDomain } from '../../support/builders/spread-world';

const REPLICAS = 500;
const DOMAINS = 16;
const ROUNDS = 300;
const WARM_UP = 100;

interface Scene {
  readonly name: string;
  readonly observed: Observation;
}

export async function benchPlan(): Promise<void> {
  const rows = scenes().map(({ name, observed }) => {
    const planMs = medianMs(() => plan(observed));
    const planned = plan(observed);
    const statusMs = medianMs(() => statusOf(observed, planned));
    return [name, `${planMs.toFixed(2)} ms`, `${statusMs.toFixed(2)} ms`, String(planned.actions.length)];
  });
  const table = [[`a group of ${REPLICAS} replicas`, 'plan', 'status', 'actions'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${cells.join('   ')}\n`);
  }
}

function medianMs(run: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const from = process.hrtime.bigint();
    run();
    const took = Number(process.hrtime.bigint() - from) / 1e6;
    if (round >= WARM_UP) times.push(took);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function scenes(): readonly Scene[] {
  const group = aGroup({ replicas: REPLICAS });
  const surging = aGroup({
    replicas: REPLICAS,
    updateStrategy: {
      type: 'RollingUpdate',
      resizePolicy: 'PowerCycle',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
    },
  });
  const ordinals = [...Array(REPLICAS).keys()];
  const complete = ordinals.map((ordinal) => aReplica(group, { ordinal }));
  const outdated = ordinals.map((ordinal) => aReplica(surging, { ordinal, revision: 'old0000000' }));
  const fresh = ordinals.slice(0, 125).map((ordinal) => aReplica(surging, { ordinal: REPLICAS + ordinal }));
  const reportedWith = (of: VmGroup, rest: Partial<Observation>): Observation => {
    const observed = anObservation(of, rest);
    const status = statusOf(observed, plan(observed));
    return anObservation(status === undefined ? of : { ...of, status }, rest);
  };
  const clones = ordinals.map((ordinal) =>
    anOperation('Clone', { key: `clone ${ordinal}`, slot: { ordinal, revision: revisionOf(group.spec) } }),
  );
  const powerOffs = outdated.map(({ slot, machine }) =>
    anOperation('PowerOff', { key: machine.ref.value, slot, machine: machine.ref }),
  );
  return [
    ...overDomains(complete, outdated, surging, reportedWith),
    { name: 'at rest', observed: reportedWith(group, { replicas: complete }) },
    { name: 'all missing', observed: reportedWith(group, {}) },
    { name: 'all missing, all clones in flight', observed: reportedWith(group, { inFlight: clones }) },
    { name: 'a rolling update begins, maxSurge 25 %', observed: reportedWith(surging, { replicas: outdated }) },
    {
      name: 'a rolling update, 125 new replicas are ready',
      observed: reportedWith(surging, { replicas: [...outdated, ...fresh] }),
    },
    {
      name: 'a rolling update, all old replicas are being powered off',
      observed: reportedWith(surging, { replicas: [...outdated, ...fresh], inFlight: powerOffs }),
    },
    {
      name: 'scaled down to 0',
      observed: reportedWith(aGroup({ replicas: 0 }), { replicas: complete }),
    },
  ];
}

/** The same over 16 failure domains. */
function overDomains(
  complete: readonly Replica[],
  outdated: readonly Replica[],
  surging: VmGroup,
  reportedWith: (of: VmGroup, rest: Partial<Observation>) => Observation,
): readonly Scene[] {
  const domains = [...Array(DOMAINS).keys()].map((index) => aDomain(`domain-${index}`));
  const spread = (replicas: readonly Replica[]) =>
    replicas.map((replica, index) => ({ ...replica, failureDomain: `domain-${index % DOMAINS}` }));
  const group = aGroup({ replicas: REPLICAS });
  const of = (name: string, seen: VmGroup, replicas: readonly Replica[]): Scene => {
    const placement = { ...anObservation(seen).placement, domains };
    return {
      name: `${DOMAINS} domains: ${name}`,
      observed: reportedWith(seen, { replicas: spread(replicas), placement }),
    };
  };
  return [
    of('at rest', group, complete),
    of('all missing', group, []),
    of('half missing', group, complete.slice(0, REPLICAS / 2)),
    of('a rolling update begins, maxSurge 25 %', surging, outdated),
    of('scaled down to 250', aGroup({ replicas: REPLICAS / 2 }), complete),
  ];
}
