/**
 * `npm run bench -- scrape`: the metrics of a running operator as Prometheus reads them, with 500 groups beside 5. Exits with 1
 * if a scrape takes 50 ms or has 1 MB, or if a series names a group or a machine.
 */
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../../src/time/clock';
import { buildProduct } from '../../demo/show/product';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { silentProgress } from '../../envtest/binaries/progress';
import type { OperatorProcess } from '../../envtest/real-parts';
import { runFleet } from '../fleet/operator-run';
import { printTable } from '../table';

const GROUPS = 500;
const FEW_GROUPS = 5;
const ROUNDS = 41;
const MOST_MS = 50;
const MOST_BYTES = 1_000_000;
const forever = new AbortController().signal;

interface Scrape {
  readonly ms: number;
  readonly bytes: number;
  readonly series: ReadonlySet<string>;
}

export async function benchScrape(): Promise<void> {
  const options = { environment: process.env, clock: systemClock, progress: silentProgress };
  const binaries = await findBinaries(options, forever);
  await buildProduct(forever);
  const of = async (groups: number): Promise<Scrape> => {
    const scrapes: Scrape[] = [];
    const run = { groups, machines: 1, budget: 64, cloneMs: 0 };
    await runFleet(binaries, run, async (operator) => {
      for (let round = 0; round < ROUNDS; round += 1) scrapes.push(await scrape(operator));
    });
    const [median] = scrapes.toSorted((a, b) => a.ms - b.ms).slice(Math.floor(ROUNDS / 2));
    if (median === undefined) throw new Error('no rounds');
    return median;
  };
  const [many, few] = [await of(GROUPS), await of(FEW_GROUPS)];
  printTable(`a scrape of ${GROUPS} groups`, `of ${FEW_GROUPS} groups`, [
    { what: 'time', ours: many.ms, other: few.ms, unit: 'ms', better: 'Less' },
    { what: 'size', ours: many.bytes / 1_000, other: few.bytes / 1_000, unit: 'kB', better: 'Less' },
    { what: 'series', ours: many.series.size, other: few.series.size, unit: '', better: 'Less' },
  ]);
  const more = [...many.series].filter((one) => !few.series.has(one));
  process.stdout.write(`series that only ${GROUPS} groups have:\n${more.map((one) => `  ${one}\n`).join('')}`);
  const broken = [
    ...(many.ms < MOST_MS ? [] : [`${many.ms.toFixed(1)} ms are not less than ${MOST_MS} ms`]),
    ...(many.bytes < MOST_BYTES ? [] : [`${many.bytes} bytes are not less than ${MOST_BYTES}`]),
    ...more.filter((one) => /fleet-/.test(one)).map((one) => `${one} names a group or a machine`),
  ];
  if (broken.length === 0) return;
  process.stderr.write(`${broken.join('\n')}\n`);
  process.exitCode = 1;
}

async function scrape(operator: OperatorProcess): Promise<Scrape> {
  const from = performance.now();
  const body = await (await fetch(`${operator.metricsUrl}/metrics`)).text();
  const ms = performance.now() - from;
  const lines = body.split('\n').filter((line) => !/^(?:#|$|nodejs_|process_)/.test(line));
  return {
    ms,
    bytes: Buffer.byteLength(body),
    series: new Set(lines.map((line) => line.slice(0, line.lastIndexOf(' ')))),
  };
}
