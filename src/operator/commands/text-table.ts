/** Text for a terminal: aligned columns, and long lines that wrap. What it is given may be by strangers. */
import { printable } from '../../api/printable';

export type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

/** Returns the text with its style if the output shows styles, else the text itself. */
export type Paint = (style: Style, text: string) => string;

/** Where text goes. */
export interface Screen {
  readonly paint: Paint;
  /** In columns. If absent nothing is wrapped, as in a file. */
  readonly width: number | undefined;
}

export interface Cell {
  readonly text: string;
  readonly style?: Style;
}

const GAP = 2;
/** A column narrower than this is not wrapped here; the terminal wraps it. */
const NARROWEST = 30;
/** A longer text does not make its column wider, since each row is filled up to the widest. */
const WIDEST = 300;

/** Lines of a table. The last column wraps at the width of the screen. */
export function textTable(rows: readonly (readonly Cell[])[], screen: Screen, indent = 0): readonly string[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const textIn = (row: readonly Cell[], column: number) => printable(row[column]?.text ?? '');
  const widths = Array.from({ length: Math.max(0, columns - 1) }, (_, column) =>
    Math.min(
      WIDEST,
      rows.reduce((widest, row) => Math.max(widest, textIn(row, column).length), 0),
    ),
  );
  const start = indent + widths.reduce((sum, width) => sum + width + GAP, 0);
  return rows.flatMap((row) => {
    const left = widths.map((width, column) => paintCell(textIn(row, column).padEnd(width), row[column], screen));
    const last = row[columns - 1];
    const lines = wrapped(textIn(row, columns - 1), roomFrom(start, screen));
    return lines.map((line, index) => {
      const head = index === 0 ? left.join(' '.repeat(GAP)) + (left.length > 0 ? ' '.repeat(GAP) : '') : undefined;
      const prefix = head === undefined ? ' '.repeat(start) : ' '.repeat(indent) + head;
      return (prefix + paintCell(line, last, screen)).trimEnd();
    });
  });
}

/** A text in lines that fit the screen, behind an indent. */
export function paragraph(text: string, screen: Screen, indent = 0): readonly string[] {
  return wrapped(printable(text), roomFrom(indent, screen)).map((line) => ' '.repeat(indent) + line);
}

function roomFrom(start: number, { width }: Screen): number {
  return width === undefined || width - start < NARROWEST ? Number.POSITIVE_INFINITY : width - start;
}

function wrapped(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function paintCell(text: string, cell: Cell | undefined, { paint }: Screen): string {
  return cell?.style === undefined || text.trim() === '' ? text : paint(cell.style, text);
}
