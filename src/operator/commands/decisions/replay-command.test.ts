import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aGroup, anObservation } from '../../../../test/support/builders/observation';
import { VirtualClock } from '../../../../test/support/time/virtual-clock';
import { decisionLine, packDecision, plainLine } from '../../../vmgroup/decisions/decision-line';
import { plan } from '../../../vmgroup/plan/plan';
import { statusOf } from '../../../vmgroup/status/status';
import { parseReplayFlags, parseWhyFlags } from './decision-flags';
import { runReplay } from './replay-command';
import { runWhy } from './why-command';

function lineOf(name: string): string {
  const observed = anObservation(aGroup({}, { metadata: { ...aGroup().metadata, name } }));
  const planned = plan(observed);
  const decision = { observed, plan: planned, reportedFaults: observed.faults, status: statusOf(observed, planned) };
  return decisionLine(packDecision(decision, 0), '0.9.0');
}

/** As an operator that decided otherwise would have written it. */
function otherLineOf(name: string): string {
  return plainLine(lineOf(name))
    .replace('"again":false', '"again":true')
    .replace('"phase":"PENDING"', '"phase":"RUNNING"');
}

async function played(text: string, ...args: readonly string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-dump-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'dump.txt');
  await writeFile(file, text);
  const [printed, warned]: [string[], string[]] = [[], []];
  const options = {
    environment: {},
    clock: new VirtualClock(),
    screen: { paint: (_: string, shown: string) => shown, width: undefined },
    standardInput: async function* () {
      yield text;
    },
    print: (shown: string) => void printed.push(shown),
    warn: (line: string) => void warned.push(line.replace(folder, '')),
  };
  const [command = '', ...rest] = args;
  const given = rest.map((arg) => arg.replace('DUMP', file));
  const code =
    command === 'why'
      ? runWhy({ ...options, flags: parseWhyFlags(given) }, new AbortController().signal)
      : runReplay({ ...options, flags: parseReplayFlags(given) });
  return { code: await code, out: printed.join(''), warned };
}

test('replay of decisions that are the same ends with 0, also between the lines of a log', async () => {
  const log = `{"level":"info"}\n[pod/x] ${lineOf('web')}\n\nnot json\n${lineOf('api')}`;
  const { code, out, warned } = await played(log, 'replay', 'DUMP');
  expect(warned).toEqual([]);
  expect(out).toMatch(
    /^shop\/api {2}2026-01-01T00:00:00.000Z {2}by 0\.9\.0 {2}same\nshop\/web .* same\n2 replayed by version .*: 2 the same, 0 different\n$/,
  );
  expect(code).toBe(0);
});

test('replay shows what would be decided and told otherwise, and ends with 1', async () => {
  const { code, out } = await played(otherLineOf('web'), 'replay', '-');
  expect(code).toBe(1);
  expect(out).toContain('shop/web  2026-01-01T00:00:00.000Z  by 0.9.0  different\n');
  expect(out).toMatch(/^ {2}plan\.action\.Clone 0\.again +true -> false$/m);
  expect(out).toMatch(/^ {2}status\.phase +"RUNNING" -> "PENDING"$/m);
  expect(out).toContain('1 replayed by version');
});

test('a line that cannot be read is told with its place and its remedy, stops no other, and is no success', async () => {
  const cut = lineOf('api').slice(0, 300);
  const { code, out, warned } = await played(`${lineOf('web')}\n${cut}\n`, 'replay', 'DUMP');
  expect(code).toBe(1);
  expect(warned).toEqual([
    expect.stringMatching(/^\/dump\.txt:2: the decision is damaged, take the dump again: the line is not whole JSON/),
  ]);
  expect(out).toContain('1 the same, 0 different, 1 could not be read\n');
});

test('a dump of another format names the version to use', async () => {
  const other = lineOf('web').replace('"vmOperatorDecision":1', '"vmOperatorDecision":7').replace('0.9.0', '3.1.0');
  const { warned } = await played(other, 'replay', 'DUMP');
  expect(warned).toEqual([
    expect.stringContaining('has format 7, and this vm-operator reads format 1: use version 3.1.0, which wrote it'),
  ]);
});

test('what is no dump is refused', async () => {
  await expect(played('hello\n', 'replay', 'DUMP')).rejects.toThrow(
    'no decision is in it: it is no dump of vm-operator',
  );
  await expect(played('', 'replay', '/nowhere')).rejects.toThrow(/^\/nowhere: ENOENT/);
});

test('why tells of the group that is asked for; of another it names those that are there', async () => {
  const dump = `${lineOf('web')}\n${lineOf('api')}\n`;
  const headsOf = (out: string) => out.split('\n').filter((line) => line.startsWith('shop/'));
  expect(headsOf((await played(dump, 'why', 'shop/api', '-f', 'DUMP')).out)).toEqual(['shop/api']);
  expect(headsOf((await played(dump, 'why', '-f', '-')).out)).toEqual(['shop/api', 'shop/web']);
  expect(JSON.parse((await played(dump, 'why', 'web', '-f', '-', '-o', 'json')).out)).toMatchObject([
    { group: 'shop/web' },
  ]);
  await expect(played(dump, 'why', 'shop/none', '-f', '-')).rejects.toThrow(
    'the dump has no decision about none; it has shop/api, shop/web',
  );
});

test.each([
  [['why'], 'name a group, as in vm-operator why NAMESPACE/NAME, or a dump with -f FILE'],
  [['why', 'a/b/c'], '"a/b/c" is not the name of a group: give NAME or NAMESPACE/NAME'],
  [['why', 'a', 'b'], 'unexpected argument "b": name one group, and dumps with -f b'],
  [['why', 'a/b', '-n', 'c'], '--namespace "c": the group a/b names another one'],
  [['why', 'a', '--last', '0'], '--last "0": use a whole number from 1 to 9999'],
  [['why', 'a', '-o', 'yaml'], '--output "yaml": use table or json'],
  [['why', 'a', '--operator-namespace', 'A B'], '--operator-namespace "A B": not a namespace name'],
  [['why', '--nothing'], "Unknown option '--nothing': see vm-operator why --help"],
  [['replay'], 'name a dump, as in vm-operator replay DUMP; - is standard input'],
])('%j is refused', async (args, message) => {
  await expect(played('', ...args)).rejects.toThrow(message);
});
