/** Prometheus takes the rules of the PrometheusRule, and each alert fires after its time and ends after the cure. */
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { ALERTS, alertRules } from '../../../src/constructs/operator-alerts';
import { findPromtool } from '../../envtest/binaries/prometheus';
import { runCommand } from '../../envtest/run-command';
import { ALERT_SERIES } from './alert-series';

const forever = new AbortController().signal;

let promtool: string;
beforeAll(async () => {
  promtool = await findPromtool(process.env, forever);
}, 900_000);

/** The rules, and files beside them. JSON is YAML. */
async function promtoolOn(args: readonly string[], files: Readonly<Record<string, object>> = {}): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vm-operator-rules-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const all = { 'rules.json': { groups: [{ name: 'rules', rules: alertRules() }] }, ...files };
  for (const [file, content] of Object.entries(all)) await writeFile(path.join(folder, file), JSON.stringify(content));
  const { stdout, stderr, exitCode } = await runCommand(
    promtool,
    args,
    { cwd: folder, environment: process.env },
    forever,
  );
  return exitCode === 0 ? 'SUCCESS' : `${stdout}\n${stderr}`;
}

test('promtool takes the rules, and lints nothing', async () => {
  expect(await promtoolOn(['check', 'rules', '--lint=all', '--lint-fatal', 'rules.json'])).toBe('SUCCESS');
});

test('every alert has its series', () => {
  expect(Object.keys(ALERT_SERIES).sort()).toEqual(ALERTS.map(({ alert }) => alert).sort());
});

test.for(alertRules())(
  '$alert waits for its time, fires, and ends after the cure',
  async ({ alert, labels, annotations }) => {
    const played = ALERT_SERIES[alert];
    if (played === undefined) throw new Error(`${alert} has no series`);
    const at = (minute: number, expected: readonly object[]) => ({
      ...{ eval_time: `${minute}m`, alertname: alert, exp_alerts: expected },
    });
    const run = (fires: object) =>
      promtoolOn(['test', 'rules', 'test.json'], {
        'test.json': {
          rule_files: ['rules.json'],
          evaluation_interval: '1m',
          tests: [
            {
              interval: '1m',
              input_series: Object.entries(played.series).map(([series, values]) => ({ series, values })),
              alert_rule_test: [at(played.quietAt, []), at(played.firesAt, [fires]), at(played.endedAt, [])],
            },
          ],
        },
      });
    const { summary = annotations.summary } = played;
    const fires = { exp_labels: { ...labels, ...played.labels }, exp_annotations: { ...annotations, summary } };
    expect(await run(fires)).toBe('SUCCESS');
  },
);
