/** What people meet by name is described in docs/, and nothing is described that is not there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { operatorDashboard } from '../../imports/operator-dashboard';
import { ConditionReason, EventReason } from '../../src/api/reasons';
import { VCenterEventReason, VCenterReason } from '../../src/api/vcenter-conditions';
import { Annotation } from '../../src/api/vm-group';
import { ALERTS } from '../../src/constructs/operator-alerts';
import { WorkQueue } from '../../src/kubernetes';
import { FAULT_REMEDIES, OWN_REMEDIES, TRANSPORT_REMEDIES } from '../../src/operator/commands/status/fault-remedies';
import { Metrics } from '../../src/operator/telemetry/metrics';
import { systemClock } from '../../src/time/clock';
import { FEATURE_NAMES, FEATURES, type FeaturePrivileges, PRIVILEGE_PLACES } from '../../src/vmgroup/model/features';
import { ROOT } from './command';
import { tableRows, tableWords } from './pages';
import { placeOf, sourceFiles } from './source-files';

const OPERATING = 'docs/operating.md';
const FAILURES = 'docs/failures.md';
const TROUBLESHOOTING = 'docs/troubleshooting.md';
const sources = sourceFiles('src', 'charts');
const codeOf = (path: string): string => sources.find((file) => file.path === path)?.code ?? '';

test('every metric is described, and every metric that is described exists', async () => {
  const registered = await registeredMetrics();
  const described = tableWords(/^metric$/, OPERATING);
  const fits = (metric: string, word: string) =>
    word.endsWith('*') ? metric.startsWith(word.slice(0, -1)) : metric === word;
  expect(
    registered.filter((metric) => !described.some((word) => fits(metric, word))),
    `Describe these metrics in ${OPERATING}.`,
  ).toEqual([]);
  expect(
    described.filter((word) => !registered.some((metric) => fits(metric, word))),
    `${OPERATING} describes metrics that do not exist.`,
  ).toEqual([]);
  const asked = tableWords(/^query$/, TROUBLESHOOTING).map((query) => /[a-z]+(_[a-z]+)+/.exec(query)?.[0] ?? query);
  expect(
    asked.filter((metric) => !registered.includes(metric)),
    `${TROUBLESHOOTING} asks for metrics that do not exist.`,
  ).toEqual([]);
});

test('every alert has its row and the section that it leads to, and no other has one', () => {
  const names = ALERTS.map(({ alert }) => alert);
  expectSame(tableWords(/^alert$/, OPERATING), names, `the alerts in the table of ${OPERATING}`);
  const [, sections = ''] = readFileSync(join(ROOT, TROUBLESHOOTING), 'utf8').split('\n## Alerts\n');
  const headings = [...sections.matchAll(/^### (.*)$/gm)].map(([, heading = '']) => heading);
  expectSame(headings, names, `the sections of the alerts in ${TROUBLESHOOTING}`);
});

test('alerts and dashboard ask for metrics that exist, and tell ours from those of other operators', async () => {
  const registered = await registeredMetrics();
  const panels = operatorDashboard.panels as readonly { targets?: readonly { expr: string }[] }[];
  const asked = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  for (const expr of [...ALERTS.map((alert) => alert.expr), ...asked]) {
    const metrics = metricsOf(expr);
    expect(
      metrics.filter((name) => !registered.includes(name)),
      expr,
    ).toEqual([]);
    if (metrics.some((name) => /^(?:leader_election|rest_client|process|nodejs)_/.test(name)))
      expect(expr).toMatch(/vm_operator_build_info|job=~"\$job"/);
    if (metrics.some((name) => /^(?:controller_runtime|workqueue)_/.test(name)))
      expect(expr).toContain('controller="vmgroup"');
  }
});

/** The metrics of a query: the words with an underscore that are neither labels nor functions. */
function metricsOf(expr: string): readonly string[] {
  const labels = /\{[^}]*\}|\b(?:by|on) \([^)]*\)/g;
  const words = expr.replaceAll(labels, '').match(/\b[a-z]+(?:_[a-z0-9]+)+\b(?! ?\()/g) ?? [];
  return words.filter((word) => word !== 'group_left').map((word) => word.replace(/_(?:bucket|count)$/, ''));
}

test('every flag is described, and every flag that is described exists', () => {
  const own = ['status/status-flags', 'role/role-flags', 'decisions/decision-flags'];
  const commands = ['command-flags', ...own].map((file) => `operator/commands/${file}`);
  const files = ['api/run-flags', 'operator/settings/flags', ...commands].map((file) => codeOf(`src/${file}.ts`));
  const flags = files.flatMap((code) =>
    [...code.matchAll(/[ {]'?([a-z][a-z-]*)'?: \{\s+type: '(?:string|boolean)'(?:, short: '(\w)')?/g)].flatMap(
      ([, long, short]) => [`--${long}`, ...(short === undefined ? [] : [`-${short}`])],
    ),
  );
  expectSame(tableWords(/^flag$/, OPERATING), flags, `the flags in the tables of ${OPERATING}`);
});

test('every environment variable is described, and every one that is described is read', () => {
  const names = sources.flatMap(({ code }) =>
    [
      ...code.matchAll(/\benv(?:ironment)?\.([A-Z][A-Z0-9_]+)|\b(?:read|given)\('([A-Z][A-Z0-9_]+)'\)/g),
      ...code.matchAll(/\b(V(?:C|M_OPERATOR)_[A-Z_]+)\b/g),
    ].map(([, property, asked]) => property ?? asked ?? ''),
  );
  expectSame(tableWords(/^variable$/, OPERATING), names, `the variables in the tables of ${OPERATING}`);
});

test('every annotation is described, and every annotation that is described exists', () => {
  const annotations = Object.values(Annotation);
  expectSame(tableWords(/^annotation$/, OPERATING), annotations, `the annotations in the table of ${OPERATING}`);
});

test('every privilege that is asked for is described with its object and its features, and no other', () => {
  const described = tableRows(['privilege', 'object', 'feature'], OPERATING).flatMap(
    ([privileges = [], places = [], features = []]) =>
      features.flatMap((feature) =>
        places.flatMap((place) => privileges.map((privilege) => `${feature}: ${privilege} on ${place}`)),
      ),
  );
  const asked = FEATURE_NAMES.flatMap((feature) => {
    const privileges: FeaturePrivileges = FEATURES[feature];
    return PRIVILEGE_PLACES.flatMap((place) =>
      (privileges[place] ?? []).map((privilege) => `${feature}: ${privilege} on ${place}`),
    );
  });
  expectSame(described, asked, `the privileges in the table of ${OPERATING}`);
  expectSame(tableWords(/^object$/, OPERATING), PRIVILEGE_PLACES, `the objects in the table of ${OPERATING}`);
  const features = tableWords(/^feature$/, OPERATING).filter((word) => word in FEATURES);
  expectSame(features, FEATURE_NAMES, `the features in the table of ${OPERATING}`);
});

const reasons = [
  ...Object.values(ConditionReason),
  ...Object.values(EventReason),
  ...Object.values(VCenterReason),
  ...Object.values(VCenterEventReason),
];

test('every reason is described, and every reason that is described exists', () => {
  expectSame(tableWords(/^reason$/, FAILURES), reasons, `the reasons in the tables of ${FAILURES}`);
  const words = new Set<string>([
    ...reasons,
    ...FAULT_REMEDIES.flatMap(([faults]) => faults.split(' ')),
    ...Object.keys({ ...TRANSPORT_REMEDIES, ...OWN_REMEDIES }),
  ]);
  expect(
    tableWords(/\breason$/, TROUBLESHOOTING).filter((word) => !words.has(word)),
    `${TROUBLESHOOTING} tells of reasons that do not exist.`,
  ).toEqual([]);
});

const heart = sources.filter(({ path }) => /^src\/(?:vmgroup|vcenter)\//.test(path));

test('every reason of src/api is given by some condition or event', () => {
  const isGiven = (reason: string) => heart.some(({ code }) => new RegExp(`Reason\\.${reason}\\b`).test(code));
  expect(
    reasons.filter((reason) => !isGiven(reason)),
    'Take these out of src/api.',
  ).toEqual([]);
});

test('conditions and events take their reasons from src/api/reasons.ts', () => {
  const literal = /\b(?:reason(?::| =(?!=))[^,;\n]*?|(?:not|yes)\(\s*)(?<!=== )'[A-Z]\w+'/g;
  const found = heart.flatMap((file) => [...file.code.matchAll(literal)].map((match) => placeOf(file, match.index)));
  expect(found, 'Use ConditionReason or EventReason here, and describe a new one there.').toEqual([]);
});

test('log lines: every warning and error is described, and every line that is described exists', () => {
  const described = tableWords(/^log line$/, TROUBLESHOOTING);
  const warnings = sources.flatMap(({ code }) =>
    [...code.matchAll(/\.(?:warn|error)\(\s*'([^'\n]+)'/g)].map(([, line = '']) => line),
  );
  expect(
    warnings.filter((line) => !described.includes(line)),
    `Describe these log lines in ${TROUBLESHOOTING}.`,
  ).toEqual([]);
  expect(
    described.filter((line) => !sources.some(({ code }) => code.includes(`'${line}'`))),
    `${TROUBLESHOOTING} describes log lines that do not exist.`,
  ).toEqual([]);
});

test('messages that are described exist', () => {
  const parts = tableWords(/^message$/, TROUBLESHOOTING).flatMap((message) => message.split('…'));
  expect(
    parts.filter((part) => !sources.some(({ code }) => code.includes(part.trim()))),
    `${TROUBLESHOOTING} describes messages that do not exist.`,
  ).toEqual([]);
});

/** All metrics that a running operator has. */
async function registeredMetrics(): Promise<readonly string[]> {
  const metrics = new Metrics();
  try {
    const groups = { known: () => 0, led: () => [], ledVCenters: () => [], longestSpecMs: () => 0 };
    metrics.observe({ groups, vcenters: () => [], nowMs: () => 0 });
    const queue = new WorkQueue({ clock: systemClock });
    metrics.controller.observe({ queue, workers: 1, leases: () => [] });
    const { body } = await metrics.text();
    return [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name);
  } finally {
    metrics.stop();
  }
}

function expectSame(described: readonly string[], existing: readonly string[], what: string): void {
  const sorted = (words: readonly string[]) => [...new Set(words)].toSorted();
  expect(sorted(described), `Correct ${what}.`).toEqual(sorted(existing));
}
