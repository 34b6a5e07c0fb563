/** Styles of text. The palette of the terminal decides the colours. */
export type Style = 'plain' | 'bold' | 'dim' | 'good' | 'bad' | 'busy' | 'accent';

export interface Segment {
  readonly text: string;
  readonly style: Style;
}

/** One line of the screen. Each character has the width 1, so the length of the text is its width. */
export type StyledLine = readonly Segment[];

const CODES: Readonly<Record<Style, string>> = {
  plain: '',
  bold: '1',
  dim: '2',
  good: '32',
  bad: '31',
  busy: '33',
  accent: '36',
};

export function segment(text: string, style: Style = 'plain'): Segment {
  // Control characters, such as a line feed of a message, would break the screen.
  return { text: text.replace(/\p{Cc}+/gu, ' '), style };
}

/** The line cut to the width. A cut line ends with an ellipsis. */
export function cutToWidth(line: StyledLine, width: number): StyledLine {
  const whole = line.reduce((sum, part) => sum + part.text.length, 0);
  if (whole <= width) return line;
  const cut: Segment[] = [];
  let room = Math.max(0, width - 1);
  for (const part of line) {
    if (room === 0) break;
    cut.push({ ...part, text: part.text.slice(0, room) });
    room -= Math.min(room, part.text.length);
  }
  return width > 0 ? [...cut, { text: '…', style: 'dim' }] : [];
}

/** The line with escape codes, or without. Each styled segment resets its style at its end. */
export function paint(line: StyledLine, colours: 'Colours' | 'NoColours'): string {
  return line
    .map(({ text, style }) =>
      colours === 'NoColours' || CODES[style] === '' || text === '' ? text : `\x1b[${CODES[style]}m${text}\x1b[0m`,
    )
    .join('');
}

/** The text without styles. */
export function textOf(line: StyledLine): string {
  return paint(line, 'NoColours').trimEnd();
}
