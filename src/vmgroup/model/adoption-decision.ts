/**
 * What becomes of each machine that spec.adopt asks for: a pure function, which plan, status and preview read.
 *
 * 1. As many candidates get a place as replicas are missing, in the order of the request. The others are left alone, so an
 *    adoption never makes a surplus, which would be destroyed.
 * 2. A candidate with a place is taken once a live look has shown that it has the shape of the template. It becomes a replica
 *    of the current revision: who would be replaced at once is refused instead.
 * 3. No machine is cloned for the place of a candidate, also of a refused one, until the request has been fulfilled once.
 */
import type { Slot } from '../../api/identity';
import { slotRevisionOf } from '../../api/slot-revision';
import { refKey, type VirtualMachine } from '../../vsphere/port';
import type { AdoptionRequest, Candidate, Inspection, Refusal } from './adoption-request';
import { shapeDifferences, type WantedShape, wantedShape } from './machine-shape';
import { needsSuccessor, sizeKey } from './machine-size';
import { earliest } from './moment';
import type { Observation } from './observation';
import { isUpToDate } from './up-to-date';

export interface AdoptionDecision {
  /** Machines to take over now, each with its place. */
  readonly take: readonly { readonly machine: VirtualMachine; readonly slot: Slot; readonly wanted: WantedShape }[];
  /** Machines to look at live, the template among them. */
  readonly look: readonly VirtualMachine[];
  readonly refused: readonly { readonly name: string; readonly refusal: Refusal }[];
  /** Names of machines for which there is no place. */
  readonly leftOut: readonly string[];
  /** Ordinals for which no machine is cloned. */
  readonly held: ReadonlySet<number>;
  /** What is asked for is in the group, or was before: from now on what is missing is cloned. */
  readonly isFulfilled: boolean;
  /** Monotonic time of the next look at a machine that was refused by the last one. */
  readonly lookAgainAtMs?: number;
}

/** How often a machine is looked at that a live look has refused: nobody tells when it has changed. */
const LOOK_AGAIN_MS = 60_000;
/** So many machines are read in one look; those behind them in the next. */
const MOST_IN_A_LOOK = 50;

const NOTHING: Omit<AdoptionDecision, 'held'> = { take: [], look: [], refused: [], leftOut: [], isFulfilled: true };

const decisions = new WeakMap<Observation, AdoptionDecision>();

export function adoptionDecision(observed: Observation): AdoptionDecision {
  const known = decisions.get(observed);
  if (known !== undefined) return known;
  const { adoption } = observed;
  const decision = adoption === undefined ? { ...NOTHING, held: underWay(observed) } : decide(adoption, observed);
  decisions.set(observed, decision);
  return decision;
}

/** Ordinals of adoptions that were sent and do not show yet. */
function underWay({ inFlight, replicas }: Observation): ReadonlySet<number> {
  const shown = new Set(replicas.map(({ slot }) => slot.ordinal));
  const sent = inFlight.flatMap(({ operation, slot }) =>
    operation === 'Adopt' && slot !== undefined ? [slot.ordinal] : [],
  );
  return new Set(sent.filter((ordinal) => !shown.has(ordinal)));
}

function decide(request: AdoptionRequest, observed: Observation): AdoptionDecision {
  const { group, inFlight } = observed;
  const taken = takenOrdinals(observed);
  const held = new Set(underWay(observed));
  const busy = new Set(inFlight.flatMap(({ machine }) => (machine === undefined ? [] : refKey(machine))));
  const isUnderWay = ({ machine }: Candidate) => machine !== undefined && busy.has(refKey(machine.ref));
  const candidates = request.candidates.filter(
    (candidate) => !isUnderWay(candidate) && !(request.isFulfilled && candidate.machine === undefined),
  );
  const places = Math.max(0, group.spec.replicas - taken.size);
  const take: AdoptionDecision['take'][number][] = [];
  const refused: AdoptionDecision['refused'][number][] = [];
  const look: VirtualMachine[] = [];
  let lookAgainAtMs: number | undefined;
  for (const candidate of candidates.slice(0, places)) {
    const slot = lowestFree(taken, observed);
    const verdict = judge(candidate, slot, request, observed);
    look.push(...verdict.look);
    lookAgainAtMs = earliest(lookAgainAtMs, verdict.lookAgainAtMs);
    if (verdict.refusal !== undefined) refused.push({ name: candidate.name, refusal: verdict.refusal });
    if (verdict.refusal !== undefined && request.isFulfilled) continue;
    taken.add(slot.ordinal);
    held.add(slot.ordinal);
    if (verdict.take !== undefined) take.push(verdict.take);
  }
  return {
    ...{ take, refused, held },
    look: withoutRepeats(look).slice(0, MOST_IN_A_LOOK),
    leftOut: candidates.slice(places).map(({ name }) => name),
    isFulfilled: request.isFulfilled || (held.size === 0 && group.spec.replicas > 0 && isResolved(observed)),
    ...(lookAgainAtMs !== undefined && { lookAgainAtMs }),
  };
}

/** Without a datacenter no name of the request was looked up. */
function isResolved({ vcenter, placement }: Observation): boolean {
  return vcenter.kind === 'Ready' && placement.datacenter !== undefined;
}

/** Also of machines that cannot be seen or read now, and of what is under way (R2). */
function takenOrdinals({ replicas, inFlight, known }: Observation): Set<number> {
  const slots = [...replicas, ...inFlight, ...known.machines].map(({ slot }) => slot);
  return new Set(slots.flatMap((slot) => slot?.ordinal ?? []));
}

function lowestFree(taken: ReadonlySet<number>, { group }: Observation): Slot {
  let ordinal = 0;
  while (taken.has(ordinal)) ordinal += 1;
  return { ordinal, revision: slotRevisionOf(group.spec, ordinal) };
}

interface Verdict {
  readonly look: readonly VirtualMachine[];
  readonly refusal?: Refusal;
  readonly take?: AdoptionDecision['take'][number];
  readonly lookAgainAtMs?: number;
}

const WAITS: Verdict = { look: [] };

function judge(candidate: Candidate, slot: Slot, { template }: AdoptionRequest, observed: Observation): Verdict {
  const { machine, refusal, name } = candidate;
  if (refusal !== undefined || machine === undefined) return { look: [], ...(refusal !== undefined && { refusal }) };
  const replaced = whyReplaced(name, machine, slot, observed);
  if (replaced !== undefined) return { look: [], refusal: { code: 'WouldBeReplaced', message: replaced } };
  // Without it PlacementReady says what is wrong.
  if (template === undefined) return WAITS;
  const ofTemplate = template.inspection;
  const own = candidate.inspection;
  if (ofTemplate === undefined || own === undefined)
    return { look: [...(ofTemplate === undefined ? [template.machine] : []), ...(own === undefined ? [machine] : [])] };
  const wanted = ofTemplate.shape && wantedShape(observed.group.spec, ofTemplate.shape);
  const found =
    wanted === undefined ? untold(`template ${observed.placement.template?.path}`) : whyUnfit(name, own, wanted);
  if (found === undefined && wanted !== undefined) return { look: [], take: { machine, slot, wanted } };
  const dueMs = Math.min(own.atMs, ofTemplate.atMs) + LOOK_AGAIN_MS;
  const isDue = observed.now.monotonicMs >= dueMs;
  return {
    look: isDue ? [template.machine, machine] : [],
    ...(found !== undefined && { refusal: found }),
    ...(!isDue && { lookAgainAtMs: dueMs }),
  };
}

/** A machine that would leave at once is not taken: its owner asked to keep it. */
function whyReplaced(name: string, machine: VirtualMachine, slot: Slot, observed: Observation): string | undefined {
  const { group, policy, resizing } = observed;
  if (!isUpToDate({ slot, machine }, observed))
    return `${name} is listed in spec.retire, and would be destroyed at once: take it out of that list, or out of spec.adopt`;
  if (policy.resize !== 'Replace' || !resizing || !needsSuccessor(machine, group)) return undefined;
  return `${name} has not the size of the spec, ${sizeKey(group)}, and with resizePolicy Replace it would be destroyed at once: give it that size, or take it out of spec.adopt`;
}

function whyUnfit(name: string, { shape, task }: Inspection, wanted: WantedShape): Refusal | undefined {
  if (task !== undefined)
    return {
      code: 'TaskRunning',
      message: `a task (${task}) works on ${name}: wait until it has ended, or take the machine out of spec.adopt`,
    };
  if (shape === undefined) return untold(name);
  const differences = shapeDifferences(shape, wanted);
  if (differences.length === 0) return undefined;
  return {
    code: 'ShapeDiffers',
    message: `${name} is no machine of the template: ${differences.join('; ')}; name a template of its shape in spec.template, or take it out of spec.adopt`,
  };
}

function untold(name: string): Refusal {
  return {
    code: 'Unreadable',
    message: `vCenter does not tell the devices of ${name}: give the operator's account the privilege System.Read on it`,
  };
}

function withoutRepeats(machines: readonly VirtualMachine[]): readonly VirtualMachine[] {
  return [...new Set(machines)];
}
