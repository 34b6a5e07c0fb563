/** What a terminal shows, as SVG: text with the colours of its escape codes, and nothing else. */

const COLUMN = 8;
const ROW = 19;
const FONT_SIZE = 13;
const MARGIN = 16;
/** Of the letters, below the top of their row. */
const BASELINE = 14;

const COLOURS: Readonly<Record<string, string>> = { '32': '#3fb950', '33': '#d29922', '31': '#f85149', '2': '#8b949e' };
const TEXT = '#e6edf3';
const BACKGROUND = '#0d1117';

/** How `styleText` begins and ends a style. */
const ESCAPE = '\x1b[';
const STYLE = new RegExp(`(${ESCAPE.replace('[', '\\[')}\\d+m)`);

interface Run {
  readonly column: number;
  readonly text: string;
  readonly fill: string;
  readonly isBold: boolean;
}

/** `title` is for who cannot see the picture. */
export function terminalSvg(lines: readonly string[], title: string): string {
  const rows = lines.map(runsOf);
  const columns = Math.max(...rows.flat().map(({ column, text }) => column + [...text].length));
  const width = columns * COLUMN + 2 * MARGIN;
  const height = rows.length * ROW + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}">`,
    ...rows.flatMap((runs, row) => runs.map((run) => textElement(run, row))),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** The length is given, so that columns stay columns whatever font there is. */
function textElement({ column, text, fill, isBold }: Run, row: number): string {
  const place = `x="${MARGIN + column * COLUMN}" y="${MARGIN + row * ROW + BASELINE}"`;
  const length = `textLength="${[...text].length * COLUMN}" lengthAdjust="spacingAndGlyphs"`;
  return `<text ${place} ${length} fill="${fill}"${isBold ? ' font-weight="bold"' : ''}>${escaped(text)}</text>`;
}

/** Texts of one style, without the gaps of two blanks and more between them, which SVG would not keep. */
function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  const codes = new Set<string>();
  let column = 0;
  for (const part of line.split(STYLE)) {
    const code = part.startsWith(ESCAPE) ? part.slice(ESCAPE.length, -1) : undefined;
    if (code !== undefined) {
      apply(code, codes);
      continue;
    }
    const fill = [...codes].map((each) => COLOURS[each]).find((each) => each !== undefined) ?? TEXT;
    for (const { 0: text, index } of part.matchAll(/\S+(?: \S+)*/g))
      runs.push({ column: column + [...part.slice(0, index)].length, text, fill, isBold: codes.has('1') });
    column += [...part].length;
  }
  return runs;
}

/** 22 ends bold and dim, 39 ends a colour. */
function apply(code: string, codes: Set<string>): void {
  if (code === '22') for (const each of ['1', '2']) codes.delete(each);
  else if (code === '39') for (const each of ['31', '32', '33']) codes.delete(each);
  else codes.add(code);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
