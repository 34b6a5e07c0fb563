/** One figure: ours, the other one, and whether more or less is better. The table also shows the ratio. */
export interface Row {
  readonly what: string;
  readonly ours: number;
  readonly other: number;
  readonly unit: string;
  readonly better: 'More' | 'Less';
}

export function printTable(title: string, other: string, rows: readonly Row[]): void {
  const cells = rows.map(({ what, ours, other: theirs, unit, better }) => {
    const ratio = better === 'More' ? ours / theirs : theirs / ours;
    return [what, `${figure(ours)} ${unit}`, `${figure(theirs)} ${unit}`, `${ratio.toFixed(1)}×`];
  });
  const table = [[title, 'ours', other, 'ratio'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    const line = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    process.stdout.write(`${line.join('   ')}\n`);
  }
  process.stdout.write('\n');
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
