/** What the panels of the dashboard show of a world that is monitored. */
import { writeFile } from 'node:fs/promises';
import { operatorDashboard } from '../../../imports/operator-dashboard';
import type { Series } from '../../envtest/real-parts';
import { hurriedQuery } from './hurried';
import type { MonitoredWorld } from './monitored-world';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

/** A panel with the answers to its queries. */
export interface ShownPanel {
  readonly id: number;
  readonly targets: readonly { readonly expr: string; readonly series: readonly Series[] }[];
}

export function panels(): readonly Panel[] {
  return operatorDashboard.panels as readonly Panel[];
}

/** Asks Prometheus what each panel asks, for the time of the world. */
export async function shownBy(world: MonitoredWorld): Promise<readonly ShownPanel[]> {
  const shown: ShownPanel[] = [];
  for (const { id, targets = [] } of panels()) {
    const answers = [];
    for (const { expr } of targets) answers.push({ expr, series: await world.range(hurriedQuery(expr)) });
    shown.push({ id, targets: answers });
  }
  return shown;
}

export function hasData(series: readonly Series[]): boolean {
  return series.some(({ values }) => values.some(([, value]) => Number.isFinite(value)));
}

export function hasMoreThanZero(series: readonly Series[]): boolean {
  return series.some(({ values }) => values.some(([, value]) => Number.isFinite(value) && value !== 0));
}

/** With RECORD_DASHBOARD=FILE, what docs/dashboard-picture.ts draws: values second by second, null where there is none. */
export async function recordIfWanted(world: MonitoredWorld, shown: readonly ShownPanel[]): Promise<void> {
  const file = process.env.RECORD_DASHBOARD;
  if (file === undefined) return;
  const from = Math.ceil(world.fromSeconds);
  const times = Array.from({ length: Math.floor(Date.now() / 1_000) - from }, (_, second) => from + second);
  const valuesOf = ({ values }: Series) => {
    const bySecond = new Map(values.map(([seconds, value]) => [Math.round(seconds), value]));
    return times.map((time) => {
      const value = bySecond.get(time);
      return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(4));
    });
  };
  const record = shown.map(({ id, targets }) => ({
    id,
    targets: targets.map(({ series }) => series.map((one) => ({ labels: one.labels, values: valuesOf(one) }))),
  }));
  await writeFile(file, `${JSON.stringify({ seconds: times.length, panels: record })}\n`);
}
