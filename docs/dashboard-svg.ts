/**
 * Draws a dashboard of Grafana as SVG from its JSON and from answers of Prometheus: where each panel is, its kind, title,
 * unit, thresholds, colours and legend. It knows the kinds and options that charts/dashboard uses, and no others.
 */
import { inUnit } from './dashboard-units';

export interface Dashboard {
  readonly title: string;
  readonly panels: readonly Panel[];
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly legendFormat: string }[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly { readonly value: number | null; readonly color: string }[] };
      readonly custom?: { readonly fillOpacity?: number; readonly stacking?: { readonly mode?: string } };
    };
    readonly overrides: readonly {
      readonly matcher: { readonly options: string };
      readonly properties: readonly { readonly id: string; readonly value: { readonly fixedColor?: string } }[];
    }[];
  };
}

type Values = readonly (number | null)[];

/** Answers of Prometheus, second by second. */
export interface DashboardRecord {
  readonly seconds: number;
  readonly panels: readonly {
    readonly id: number;
    /** As many as the panel has queries; each with its series. */
    readonly targets: readonly (readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly values: Values;
    }[])[];
  }[];
}

interface Line {
  readonly name: string;
  readonly color: string;
  readonly values: Values;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const COLUMN = 60;
const ROW = 30;
const GAP = 8;
const HEAD = 44;
const COLOURS: Readonly<Record<string, string>> = {
  ...{ green: '#73bf69', yellow: '#fade2a', red: '#f2495c', blue: '#5794f2', orange: '#ff9830' },
  ...{ purple: '#b877d9', text: '#ccccdc' },
};
/** Grafana's classic palette, as far as it goes round here. */
const PALETTE: readonly string[] = [
  ...['#73bf69', '#fade2a', '#5794f2', '#ff9830', '#f2495c', '#b877d9', '#8ab8ff', '#ffb357'],
  ...['#96d98d', '#ff7383', '#ca95e5', '#37872d', '#e0b400', '#1f60c4'],
];

export function dashboardSvg({ title, panels }: Dashboard, record: DashboardRecord): string {
  const bottom = Math.max(...panels.map(({ gridPos: { y, h } }) => y + h));
  const [width, height] = [24 * COLUMN + GAP, HEAD + bottom * ROW + GAP];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
      'font-family="Inter, Helvetica, Arial, \'DejaVu Sans\', sans-serif" font-size="11" fill="#ccccdc">',
    `<title>The dashboard ${escaped(title)}, panel by panel</title>`,
    `<rect width="${width}" height="${height}" fill="#111217"/>`,
    textAt(GAP + 4, 28, title, 'font-size="18"'),
    ...panels.flatMap((panel) => panelElements(panel, record)),
    '</svg>',
    '',
  ].join('\n');
}

function panelElements(panel: Panel, record: DashboardRecord): readonly string[] {
  const { x, y, w, h } = panel.gridPos;
  const box = { x: x * COLUMN + GAP, y: HEAD + y * ROW, width: w * COLUMN - GAP, height: h * ROW - GAP };
  if (panel.type === 'row') return [textAt(box.x + 4, box.y + 17, `⌄ ${panel.title}`, 'font-size="14"')];
  const head = [
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="3" fill="#181b1f" stroke="#2c3235"/>`,
    textAt(box.x + 8, box.y + 18, panel.title, 'font-size="12" font-weight="bold"'),
  ];
  const inside = { x: box.x + 8, y: box.y + 28, width: box.width - 16, height: box.height - 36 };
  const drawn = linesOf(panel, record);
  switch (panel.type) {
    case 'stat':
      return [...head, ...stat(panel, drawn, box)];
    case 'bargauge':
      return [...head, ...bars(panel, drawn, inside)];
    case 'timeseries':
      return [...head, ...graph(panel, drawn, record.seconds, inside)];
    case 'state-timeline':
      return [...head, ...timeline(panel, drawn, record.seconds, inside)];
    default:
      throw new Error(
        `the dashboard has a panel of type ${panel.type}, which cannot be drawn: teach it to dashboardSvg`,
      );
  }
}

function linesOf({ id, targets = [], fieldConfig }: Panel, record: DashboardRecord): readonly Line[] {
  const answers = record.panels.find((panel) => panel.id === id)?.targets ?? [];
  const fixed = new Map(
    fieldConfig?.overrides.map(({ matcher, properties }) => [matcher.options, properties[0]?.value.fixedColor ?? '']),
  );
  const all = targets.flatMap(({ legendFormat }, query) =>
    (answers[query] ?? []).map(({ labels, values }) => ({
      name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? ''),
      values,
    })),
  );
  return all.map(({ name, values }, index) => {
    const color = COLOURS[fixed.get(name) ?? ''] ?? PALETTE[index % PALETTE.length] ?? '#ccccdc';
    return { name, values, color };
  });
}

function colorAt({ fieldConfig }: Panel, value: number): string {
  const steps = fieldConfig?.defaults.thresholds?.steps ?? [];
  const step = steps.findLast(({ value: from }) => from === null || value >= from);
  return COLOURS[step?.color ?? 'text'] ?? '#ccccdc';
}

const unitOf = ({ fieldConfig }: Panel) => fieldConfig?.defaults.unit ?? 'short';
/** What a round number is round in. */
const baseOf = (unit: string) => (unit === 'bytes' ? 2 ** 20 : 1);
const lastOf = ({ values }: Line) => values.findLast((value) => value !== null) ?? undefined;

function stat(panel: Panel, [line]: readonly Line[], { x, y, width, height }: Box): readonly string[] {
  const value = line && lastOf(line);
  const text = value === undefined ? 'No data' : inUnit(value, unitOf(panel));
  return [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="3" fill="${value === undefined ? 'none' : colorAt(panel, value)}"/>`,
    textAt(x + 8, y + 18, panel.title, 'font-size="12" font-weight="bold" fill="#111217"'),
    textAt(x + width / 2, y + height / 2 + 22, text, 'font-size="28" text-anchor="middle" fill="#111217"'),
  ];
}

function bars(panel: Panel, lines: readonly Line[], { x, y, width, height }: Box): readonly string[] {
  const step = Math.min(32, height / Math.max(1, lines.length));
  const [from, to] = [x + 110, x + width - 50];
  return lines.flatMap((line, index) => {
    const value = lastOf(line) ?? 0;
    const top = y + index * step;
    const color = colorAt(panel, value);
    return [
      textAt(from - 8, top + step / 2 + 4, line.name, 'text-anchor="end"'),
      rect(from, top + 3, to - from, step - 6, '#22252b'),
      rect(from, top + 3, Math.min(1, value) * (to - from), step - 6, color),
      textAt(to + 8, top + step / 2 + 4, inUnit(value, unitOf(panel)), `fill="${color}"`),
    ];
  });
}

/** A row for each series, with a bar where it is there. */
function timeline(
  panel: Panel,
  lines: readonly Line[],
  seconds: number,
  { x, y, width, height }: Box,
): readonly string[] {
  const step = Math.min(20, (height - 16) / Math.max(1, lines.length));
  const area = { x: x + 210, width: width - 220 };
  const rows = lines.flatMap((line, row) => [
    textAt(area.x - 8, y + (row + 0.5) * step + 4, line.name, 'text-anchor="end" font-size="10"'),
    ...line.values.flatMap((value, second) => {
      if (value === null) return [];
      const from = area.x + (second / seconds) * area.width;
      return [rect(from, y + row * step + 1, area.width / seconds + 0.2, step - 2, colorAt(panel, value))];
    }),
  ]);
  return [...rows, ...timesBelow(seconds, area, y + height)];
}

function timesBelow(seconds: number, { x, width }: Pick<Box, 'x' | 'width'>, y: number): readonly string[] {
  return Array.from({ length: 5 }, (_, part) => Math.round((part * (seconds - 1)) / 4)).map((second) => {
    const left = x + (second / Math.max(1, seconds - 1)) * width;
    return textAt(left, y, clock(second), 'text-anchor="middle" fill="#8e8e9c" font-size="10"');
  });
}

function graph(panel: Panel, lines: readonly Line[], seconds: number, { x, y, width, height }: Box): readonly string[] {
  const { stacking, fillOpacity = 0 } = panel.fieldConfig?.defaults.custom ?? {};
  const isStacked = stacking?.mode === 'normal';
  const named = legend(lines, { x, y: y + height, width });
  const area = { x: x + 48, y, width: width - 52, height: height - named.height - 18 };
  const stacked = isStacked ? stackedUp(lines, seconds) : lines.map(({ values }) => values);
  const [top, ticks] = scaleFor(Math.max(0, ...stacked.flat().map((value) => value ?? 0)), baseOf(unitOf(panel)));
  const at = (second: number, value: number): readonly [number, number] => [
    area.x + (second / Math.max(1, seconds - 1)) * area.width,
    area.y + area.height - (value / top) * area.height,
  ];
  const grid = ticks.flatMap((value) => {
    const [, level] = at(0, value);
    return [
      `<path d="M${round(area.x)} ${round(level)}h${round(area.width)}" stroke="#2c3235"/>`,
      textAt(area.x - 6, level + 4, inUnit(value, unitOf(panel)), 'text-anchor="end" fill="#8e8e9c" font-size="10"'),
    ];
  });
  const times = timesBelow(seconds, area, area.y + area.height + 14);
  // The first is at the bottom, so it is drawn last.
  const drawn = lines
    .map((line, index) => path(line.color, stacked[index] ?? [], at, isStacked ? fillOpacity / 100 : 0))
    .toReversed();
  const empty = lines.length === 0 ? [textAt(x + width / 2, y + height / 2, 'No data', 'text-anchor="middle"')] : [];
  return [...grid, ...times, ...drawn, ...named.elements, ...empty];
}

/** Runs of known values; a gap breaks the line, and a value without neighbours is a dot. */
function path(
  color: string,
  values: Values,
  at: (second: number, value: number) => readonly [number, number],
  fill: number,
): string {
  const runs: (readonly [number, number])[][] = [];
  for (const [second, value] of values.entries()) {
    if (value === null) continue;
    if (second === 0 || values[second - 1] == null) runs.push([]);
    runs.at(-1)?.push(at(second, value));
  }
  const [, floor] = at(0, 0);
  return runs
    .map((points) => {
      const corners = points.map(([left, top]) => `${round(left)} ${round(top)}`);
      const [first, last] = [points[0], points.at(-1)];
      if (points.length === 1 && first !== undefined)
        return `<circle cx="${round(first[0])}" cy="${round(first[1])}" r="2" fill="${color}"/>`;
      const line = `<path d="M${corners.join('L')}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
      if (fill === 0 || first === undefined || last === undefined) return line;
      const under = `M${corners.join('L')}L${round(last[0])} ${round(floor)}L${round(first[0])} ${round(floor)}Z`;
      return `<path d="${under}" fill="#181b1f"/><path d="${under}" fill="${color}" fill-opacity="${fill}"/>${line}`;
    })
    .join('');
}

/** Each series upon those before it. */
function stackedUp(lines: readonly Line[], seconds: number): readonly Values[] {
  const sums = new Array<number>(seconds).fill(0);
  return lines.map(({ values }) =>
    values.map((value, second) => {
      if (value === null) return null;
      sums[second] = (sums[second] ?? 0) + value;
      return sums[second] ?? 0;
    }),
  );
}

/** A round number above all values, and where the lines of the grid are. */
function scaleFor(most: number, base: number): readonly [top: number, ticks: readonly number[]] {
  const rough = (most || base) / base / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = base * power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const count = Math.max(1, Math.ceil(most / step - 1e-9));
  return [step * count, Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)))];
}

function legend(lines: readonly Line[], { x, y, width }: Omit<Box, 'height'>) {
  const places: { readonly line: Line; readonly left: number; readonly row: number }[] = [];
  let [left, row] = [0, 0];
  for (const line of lines) {
    const needs = 24 + line.name.length * 6.2;
    if (left > 0 && left + needs > width) [left, row] = [0, row + 1];
    places.push({ line, left, row });
    left += needs;
  }
  const height = lines.length === 0 ? 0 : (row + 1) * 15;
  const elements = places.flatMap((place) => {
    const top = y - height + place.row * 15 + 12;
    return [
      rect(x + place.left, top - 5, 12, 3, place.line.color),
      textAt(x + place.left + 16, top, place.line.name, 'font-size="10"'),
    ];
  });
  return { height, elements };
}

const clock = (second: number) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`;
const round = (value: number) => Number(value.toFixed(1));
const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
const textAt = (x: number, y: number, text: string, style: string) =>
  `<text x="${round(x)}" y="${round(y)}" ${style}>${escaped(text)}</text>`;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
