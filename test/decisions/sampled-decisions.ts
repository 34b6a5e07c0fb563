import { VERSION } from '../../src/operator/telemetry/version';
import { decisionLine, packDecision, plainLine } from '../../src/vmgroup/decisions/decision-line';
import { decisionMark } from '../../src/vmgroup/decisions/decision-mark';
import type { Decision } from '../../src/vmgroup/model/decision';
import type { Watcher } from '../simulation/watchers/watcher';

/** Of each trait so many decisions are taken. */
const OF_EACH = 3;

/** Takes decisions of a simulation that have a trait of which there are few yet. */
export class SampledDecisions implements Watcher {
  readonly lines: string[] = [];
  /** How many decisions there are of each trait. */
  readonly traits = new Map<string, number>();
  readonly #seen = new Set<string>();

  decided(_process: unknown, decision: Decision): void {
    const mark = decisionMark(decision);
    const traits = traitsOf(decision);
    if (this.#seen.has(mark) || !traits.some((trait) => (this.traits.get(trait) ?? 0) < OF_EACH)) return;
    this.#seen.add(mark);
    for (const trait of traits) this.traits.set(trait, (this.traits.get(trait) ?? 0) + 1);
    this.lines.push(plainLine(decisionLine(packDecision(decision, 0), VERSION)));
  }
}

function traitsOf({ plan, observed, status }: Decision): readonly string[] {
  const { actions, leaving, restarting, waiting, shortage, keptSmall } = plan;
  const kinds = [...new Set(actions.map(({ kind }) => kind))].sort();
  const { group, faults, inFlight, orphans, vcenter, room, blindSpot, unreadable, placement } = observed;
  const all = [
    `actions ${kinds.join(' ')}`,
    ...[...new Set(leaving.values())].map((why) => `leaving ${why}`),
    ...(status?.conditions ?? []).map(({ type, reason, status: is }) => `${type} ${is} ${reason}`),
    ...[...faults.values()].map(({ class: of, reason }) => `fault ${of} ${reason}`),
    ...inFlight.map(({ operation, state }) => `in flight ${operation} ${state}`),
    `orphans ${orphans.kind}`,
    `vCenter ${vcenter.kind}`,
    ...(group.metadata.deletionTimestamp === undefined ? [] : [`deleted ${kinds.join(' ')}`]),
    ...Object.keys(group.spec).map((field) => `spec.${field}`),
    ...(shortage === undefined ? [] : [`shortage ${shortage.reason} ${shortage.step}`]),
  ];
  const flags = {
    ...{ restarting: restarting.size > 0, waiting: waiting !== undefined, keptSmall: (keptSmall?.size ?? 0) > 0 },
    ...{ room: room !== undefined, blindSpot: blindSpot !== undefined, unreadable: unreadable.length > 0 },
    domains: placement.domains !== undefined,
  };
  return [...all, ...Object.entries(flags).flatMap(([name, isSo]) => (isSo ? [name] : []))];
}
