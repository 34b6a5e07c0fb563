/** The row of docs/operating.md that a run makes. */
export interface SizeFigures {
  readonly creation: { readonly seconds: number; readonly cpuS: number; readonly peakMB: number };
  readonly start: { readonly settledS: number; readonly residentMB: number; readonly peakMB: number };
  /** In percent of one core; undefined if it was not measured. */
  readonly idlePercent?: number;
}

const HEAD = [
  ...['groups', 'machines of groups', 'machines in all', 'start until settled', 'resident', 'at its highest'],
  ...['idle processor', 'all created in', 'processor for that'],
];

/** With its head, as Markdown. */
export function sizeTable(groups: number, replicas: number, machines: number, figures: SizeFigures): string {
  const { creation, start, idlePercent } = figures;
  const row = [
    ...[whole(groups), whole(groups * replicas), whole(machines)],
    ...[`${start.settledS.toFixed(1)} s`, `${whole(start.residentMB)} MB`],
    `${whole(Math.max(start.peakMB, creation.peakMB))} MB`,
    idlePercent === undefined ? 'not measured' : `${idlePercent.toFixed(2)} %`,
    ...[`${whole(creation.seconds)} s`, `${whole(creation.cpuS)} s`],
  ];
  return [HEAD, HEAD.map(() => '---'), row].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
