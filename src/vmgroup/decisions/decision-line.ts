/**
 * One decision as one line of text: what a dump consists of. A line begins with the same words everywhere, so that it is found
 * between the lines of a log. Its head can be read by a person; the rest is JSON, compressed, in base64.
 */
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { groupKey, type VmGroup, type VmGroupStatus } from '../../api/vm-group';
import type { Decision } from '../model/decision';
import type { Fault } from '../model/fault';
import type { Observation } from '../model/observation';
import { wrongInDecision } from './observation-shape';
import { observationOf, type Recorded, recordedObservation } from './recorded-observation';
import { type RecordedPlan, recordedPlan } from './recorded-plan';
import { type RecordedStatus, recordedStatus, statusOfRecord } from './recorded-status';

/** Another number when a former vm-operator could misread what is written. A field more is no reason. */
export const DUMP_FORMAT = 1;
/** A group of 1,000 replicas takes 1.5 MB. */
const LARGEST_JSON_BYTES = 32 * 2 ** 20;

/** What a line says of its decision without being unpacked. */
export interface DecisionHead {
  /** namespace/name. */
  readonly group: string;
  readonly uid: string;
  readonly atMs: number;
}

/** A decision as it is kept in memory. */
export interface PackedDecision extends DecisionHead {
  readonly packed: Buffer;
}

/** A decision as it was read from a dump. */
export interface ReadDecision extends DecisionHead {
  /** Version of the operator that decided. */
  readonly version: string;
  readonly observed: Observation;
  readonly reportedFaults: ReadonlyMap<string, Fault>;
  readonly plan: RecordedPlan;
  readonly status: VmGroupStatus | undefined;
  /** How many decisions between the one before and this one were not kept. */
  readonly skipped: number;
}

/** Why a line cannot be used. The message names the remedy. */
export class DumpError extends Error {
  override readonly name = 'DumpError';

  constructor(
    readonly code: 'OtherFormat' | 'Damaged',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

interface Body extends Recorded {
  readonly plan: RecordedPlan;
  readonly status?: RecordedStatus;
  readonly reportedFaults?: readonly (readonly [string, Fault])[];
  readonly skipped: number;
}

export function packDecision(decision: Decision, skipped: number): PackedDecision {
  const { observed, plan, status, reportedFaults } = decision;
  const { group } = observed;
  const body: Body = {
    ...recordedObservation(observed),
    plan: recordedPlan(plan),
    ...(status !== undefined && { status: recordedStatus(status, group.status) }),
    ...(!sameFaults(reportedFaults, observed.faults) && { reportedFaults: [...reportedFaults] }),
    skipped,
  };
  const compressed = zstdCompressSync(JSON.stringify(body));
  // A copy of its own, for a slice of Node's pool of buffers would keep 64 KiB in memory.
  const packed = Buffer.alloc(compressed.length);
  compressed.copy(packed);
  return { group: groupKey(group), uid: group.metadata.uid, atMs: observed.now.wallMs, packed };
}

/** The same line with its data in plain JSON: many such lines together are packed better than one by one. */
export function plainLine(line: string): string {
  const { data, ...head } = headOf(line);
  return JSON.stringify({ ...head, data: typeof data === 'string' ? bodyOf(data) : data });
}

function sameFaults(a: ReadonlyMap<string, Fault>, b: ReadonlyMap<string, Fault>): boolean {
  return a.size === b.size && [...a].every(([subject, fault]) => b.get(subject) === fault);
}

/** `version` is that of the operator. */
export function decisionLine({ group, uid, atMs, packed }: PackedDecision, version: string): string {
  const at = new Date(atMs).toISOString();
  return `${BEGIN}${DUMP_FORMAT},${JSON.stringify({ version, group, uid, at, data: packed.toString('base64') }).slice(1)}`;
}

const BEGIN = '{"vmOperatorDecision":';

/** The part of a line of text that may hold a decision: a log may write something before it. Undefined: there is none. */
export function findDecision(line: string): string | undefined {
  const from = line.indexOf(BEGIN);
  return from === -1 ? undefined : line.slice(from);
}

/** Throws a DumpError. `line` is as findDecision gives it. */
export function readDecision(line: string): ReadDecision {
  const { version, group, uid, at, data } = headOf(line);
  const body = typeof data === 'string' ? bodyOf(data) : data;
  const wrong = wrongInDecision(body);
  if (wrong !== undefined) throw damaged(wrong);
  try {
    const { plan, status, reportedFaults, skipped, ...recorded } = body as Body;
    const observed = observationOf(recorded);
    if (groupKey(observed.group) !== group) throw damaged(`its head names the group ${group}`);
    return {
      ...{ version, group, uid, atMs: Date.parse(at), observed, plan, skipped },
      reportedFaults: reportedFaults === undefined ? observed.faults : new Map(reportedFaults),
      status: status && statusOfRecord(status, (recorded.observed.group as VmGroup).status),
    };
  } catch (error) {
    if (error instanceof DumpError) throw error;
    throw damaged('a part of it has another shape', error);
  }
}

interface Head {
  readonly version: string;
  readonly group: string;
  readonly uid: string;
  readonly at: string;
  /** Packed; or plain, as in the corpus of test/decisions. */
  readonly data: string | object;
}

function headOf(line: string): Head {
  const head = parsed(line, 'the line is not whole JSON: it was cut, perhaps by the log');
  const { vmOperatorDecision: format, version, group, uid, at, data } = head as Readonly<Record<string, unknown>>;
  if (format !== DUMP_FORMAT) throw otherFormat(format, version);
  const texts = [version, group, uid, at];
  const hasData = typeof data === 'string' || (typeof data === 'object' && data !== null);
  if (!hasData || !texts.every((text) => typeof text === 'string') || Number.isNaN(Date.parse(String(at))))
    throw damaged('version, group, uid, at or data is missing or is not what it should be');
  return head as Head;
}

function otherFormat(format: unknown, version: unknown): DumpError {
  const writer = typeof version === 'string' ? `version ${version}, which wrote it` : 'the version that wrote it';
  return new DumpError(
    'OtherFormat',
    `the decision has format ${JSON.stringify(format)?.slice(0, 40)}, and this vm-operator reads format ${DUMP_FORMAT}: use ${writer}`,
  );
}

function bodyOf(data: string): unknown {
  const json = unpacked(data);
  return parsed(json, 'what it holds is not JSON');
}

function unpacked(data: string): string {
  try {
    return zstdDecompressSync(Buffer.from(data, 'base64'), { maxOutputLength: LARGEST_JSON_BYTES }).toString('utf8');
  } catch (error) {
    throw damaged('its data cannot be unpacked', error);
  }
}

function parsed(text: string, otherwise: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !isDeeper(value, MOST_LEVELS)) return value;
  } catch (error) {
    throw damaged(otherwise, error);
  }
  throw damaged(otherwise);
}

/** Deeper than any decision: who walks through all of it could run out of stack. */
const MOST_LEVELS = 64;

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function damaged(what: string, cause?: unknown): DumpError {
  return new DumpError('Damaged', `the decision is damaged, take the dump again: ${what}`, { cause });
}
