/** The tables of docs/failures.md, from the code that decides and the remedies of src/operator/commands/status. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_REMEDIES, OWN_REMEDIES, TRANSPORT_REMEDIES } from '../src/operator/commands/status/fault-remedies';
import { type ActErrorCode, verdictOnOwn } from '../src/vmgroup/act/act-error';
import { retryDelayMs } from '../src/vmgroup/model/backoff';
import { DEFAULT_TENANT_POLICY } from '../src/vmgroup/model/tenant-policy';
import { viewVCenter } from '../src/vmgroup/observe/vcenter-view';
import { classifyFailure, type FailureContext } from '../src/vsphere/fault/classify';
import { listedFaults } from '../src/vsphere/fault/fault-table';
import type { ConnectionStatus, FailureClass, FailureVerdict, VCenterConnection } from '../src/vsphere/port';
import type { DataObject } from '../src/vsphere/vim25/describe';
import type { TransportCode } from '../src/vsphere/vim25/vsphere-error';
import { CONDITION_ROWS } from './condition-rows';

type Backoff = FailureVerdict['backoff'];
type Verdict = Pick<FailureVerdict, 'class' | 'apiClass' | 'backoff'>;

const CLASSES: Readonly<Record<FailureClass, string>> = {
  auth: 'The login or the session does not hold.',
  soon: 'It usually passes within seconds.',
  later: 'It usually passes within minutes.',
  capacity: 'There is no room now.',
  'needs-user': 'It stays until a person changes something in vCenter or in the spec.',
  gone: 'The object is not there any more.',
  conflict: 'Something else holds or changes the object.',
  'already-so': 'The wanted state is there already. It counts as success and leaves no fault.',
  bug: 'vCenter does not understand what the operator sent.',
  fatal: 'vCenter does not have the function, or the fault is not known.',
};
const CLASS_ORDER = Object.keys(CLASSES);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line), ''];
}

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ');

// --- delays ---

const WORDS: Readonly<Record<Backoff, string>> = {
  AtOnce: 'The next plan starts from another state, so that waiting brings nothing.',
  Seconds: 'Seconds first. From the seventh failure on the waits of Minutes, from their first.',
  BlockingTask: 'Another task works on the object. The same waits as Seconds: that task is not followed.',
  Minutes: 'It passes within minutes at best, so the waits begin longer.',
  HalfHour: 'Only a person can help. It is looked at now and then, for some changes cannot be seen.',
  LoginBreaker: 'For a replica as HalfHour. For the connection see below: no account shall be locked.',
};

const BACKOFFS = [
  'AtOnce',
  'Seconds',
  'BlockingTask',
  'Minutes',
  'HalfHour',
  'LoginBreaker',
] as const satisfies readonly Backoff[];

export function delayTable(): readonly string[] {
  const rows = BACKOFFS.map((backoff) => [`\`${backoff}\``, WORDS[backoff], waitsOf(backoff)]);
  return table(['backoff', 'meaning', 'wait after the 1st, 2nd, … failure in a row'], rows);
}

const FAILURES = Array.from({ length: 40 }, (_, index) => index + 1);

/** Such as: up to 1 s, 2 s, 4 s, then up to 8 s each time. */
function waitsOf(backoff: Backoff): string {
  const ends = FAILURES.map((failures) =>
    [() => 0, () => 1 - Number.EPSILON].map((random) => retryDelayMs(backoff, failures, random)).sort((a, b) => a - b),
  );
  const texts = ends.map(([least = 0, most = 0]) =>
    least > most / 2 ? `${time(least)} to ${time(most)}` : time(most),
  );
  const last = texts.at(-1) ?? '';
  const changing = texts.slice(0, texts.indexOf(last));
  if (changing.length === 0) return last;
  const none = changing.filter((text) => text === time(0)).length;
  const growing = [...changing.slice(none), `then ${last} each time`].join(', ');
  return `${none > 0 ? `none ${none} times, then ` : ''}up to ${growing}`;
}

function time(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

// --- classes ---

export function classTable(): readonly string[] {
  const shown = new Map([...listedFaults].map(([type, { class: of }]) => [of, statusClass(verdictOnFault(type))]));
  return table(
    ['class', 'meaning', 'class in the status'],
    Object.entries(CLASSES).map(([name, meaning]) => [name, meaning, shown.get(name as FailureClass) ?? '']),
  );
}

// --- faults of vCenter ---

function verdictOnFault(
  type: string,
  fields: DataObject = { xsiType: type },
  context: FailureContext = {},
): FailureVerdict {
  const failure = { code: type, message: '', outcome: 'Refused', fault: { type, fields } } as const;
  return classifyFailure(failure, context);
}

function statusClass({ class: name, apiClass }: Verdict): string {
  return name === 'already-so' ? '(none)' : apiClass;
}

function verdictCells(verdict: Verdict): readonly string[] {
  return [verdict.class, statusClass(verdict), verdict.backoff];
}

const FAULT_HEAD = ['fault, which is the reason', 'class', 'in the status', 'retry', 'what a person does'];

/** One row for the faults of one remedy; where their verdicts differ, one row for each verdict. */
export function faultTable(): readonly string[] {
  const rows = FAULT_REMEDIES.flatMap(([faults, remedy]) =>
    [...Map.groupBy(faults.split(' '), (type) => JSON.stringify(verdictCells(verdictOnFault(type))))].map(
      ([cells, types]) => [code(types), ...(JSON.parse(cells) as string[]), remedy],
    ),
  );
  const place = ([, name = '']: readonly string[]) => CLASS_ORDER.indexOf(name);
  return table(
    FAULT_HEAD,
    rows.toSorted((a, b) => place(a) - place(b)),
  );
}

const object = (type: string): DataObject => ({ xsiType: 'ManagedObjectNotFound', obj: { type, value: '1' } });
const hosts = (...types: string[]): DataObject => ({
  xsiType: 'NoCompatibleHost',
  error: types.map((xsiType) => ({ xsiType: '', fault: { xsiType } })),
});

/** Faults whose fields decide: an example of each case. */
const CASES: readonly (readonly [type: string, when: string, fields: DataObject, context?: FailureContext])[] = [
  ['ManagedObjectNotFound', 'a machine or a task is gone', object('VirtualMachine')],
  ['ManagedObjectNotFound', 'a view or a collector of the operator is gone', object('PropertyCollector')],
  ['ManagedObjectNotFound', 'anything else is gone, such as a resource pool', object('ResourcePool')],
  ['InvalidArgument', 'it names the property', { xsiType: 'InvalidArgument', invalidProperty: 'configSpec.x' }],
  ['NoCompatibleHost', 'no host has room', hosts('InsufficientMemoryResourcesFault', 'CannotAccessNetwork')],
  ['NoCompatibleHost', 'every host refuses for what only a person can change', hosts('CannotAccessNetwork')],
  [
    'InvalidPowerState',
    'the machine is already powered on or off as wanted',
    { xsiType: 'InvalidPowerState', existingState: 'poweredOn' },
    { wantedPowerState: 'poweredOn' },
  ],
];

export function caseTable(): readonly string[] {
  return table(
    ['vim25 fault', 'when', 'class', 'in the status', 'retry'],
    CASES.map(([type, when, ...fault]) => [code([type]), when, ...verdictCells(verdictOnFault(type, ...fault))]),
  );
}

// --- the connection ---

/** Faults of the login, faults that are told as more than a vCenter that is away, and all that is no vim25 fault. */
export function connectionTable(): readonly string[] {
  const faults = FAULT_REMEDIES.flatMap(([types, remedy]) => types.split(' ').map((type) => [type, remedy] as const));
  const concerning = faults.filter(
    ([type]) => type !== 'NotAuthenticated' && (verdictOnFault(type).class === 'auth' || shownAs(type)[1] === AT_ONCE),
  );
  return table(
    ['code', 'class', 'retry', 'VCenterReady=False with reason', 'phase', 'what a person does'],
    [...concerning, ...Object.entries(TRANSPORT_REMEDIES)].map(([name, remedy]) => {
      const { class: of, backoff } = verdictOnFault(name);
      return [code([name]), of, backoff, ...(CALLS_ONLY.has(name) ? ['-', '-'] : shownAs(name)), remedy];
    }),
  );
}

const AT_ONCE = 'ERROR at once';
/** How single calls end; a connection does not fail by them. */
const CALLS_ONLY: ReadonlySet<string> = new Set(['TaskLost', 'Aborted', 'Stopped'] satisfies TransportCode[]);

/** What a group says of its vCenter while this failure keeps it from connecting. */
function shownAs(failure: string): readonly [reason: string, phase: string] {
  const error = { code: failure, message: '', outcome: 'NotSent' } as const;
  const status: ConnectionStatus = { kind: 'Failed', sinceMonotonicMs: 0, error, retryAtWallMs: 0 };
  // Nothing else of a connection is looked at.
  const connection = { status } as VCenterConnection;
  const vcenter = { name: '', defaultFolder: '', tenants: DEFAULT_TENANT_POLICY, connection };
  const { view } = viewVCenter({ kind: 'Selected', vcenter }, { wallMs: 0, monotonicMs: 0 });
  if (view.kind === 'Ready') throw new Error(`${failure} does not count as a failure`);
  return [view.reason, view.needsUser ? AT_ONCE : 'PENDING after 30 s'];
}

// --- our own ---

export function ownTable(): readonly string[] {
  return table(
    FAULT_HEAD,
    Object.entries(OWN_REMEDIES).map(([name, remedy]) => [
      code([name]),
      ...verdictCells(verdictOnOwn(name as ActErrorCode)),
      remedy,
    ]),
  );
}

// --- conditions and events ---

/** The docstring of each constant in src/api/reasons.ts, by the name of the object and of the constant. */
export function reasonTexts(
  name: 'ConditionReason' | 'EventReason' | 'VCenterReason' | 'VCenterEventReason',
): ReadonlyMap<string, string> {
  const file = name.startsWith('VCenter') ? 'vcenter-conditions' : 'reasons';
  const text = readFileSync(join(__dirname, `../src/api/${file}.ts`), 'utf8');
  const start = text.indexOf(`export const ${name} = {`);
  const body = text.slice(start, text.indexOf('} as const', start));
  return new Map(
    [...body.matchAll(/\/\*\* (.+) \*\/\n +(\w+): '\2',\n/g)].map(([, what = '', key = '']) => [key, what]),
  );
}

export function conditionTables(): readonly string[] {
  const texts = reasonTexts('ConditionReason');
  return Object.entries(CONDITION_ROWS).flatMap(([type, { asks, rows }]) => [
    `### ${type}`,
    '',
    asks,
    '',
    ...table(
      ['reason', 'status', 'means', 'what a person does'],
      rows.map(({ reason, status, remedy }) => [code([reason]), status, texts.get(reason) ?? '', remedy]),
    ),
  ]);
}

export function vcenterReasonTable(): readonly string[] {
  return table(
    ['reason', 'means'],
    [...reasonTexts('VCenterReason'), ...reasonTexts('VCenterEventReason')].map(([reason, text]) => [
      code([reason]),
      text,
    ]),
  );
}

export function eventTable(): readonly string[] {
  return table(
    ['reason', 'means'],
    [...reasonTexts('EventReason')].map(([reason, text]) => [code([reason]), text]),
  );
}
