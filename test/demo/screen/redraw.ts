/**
 * The text that turns the lines on the terminal into the next ones, in place: no alternate screen, so that the last
 * picture stays when the program ends, and only lines that changed are written, so that nothing flickers.
 * The cursor rests at the end of the last line, before and after.
 */
export function redraw(before: readonly string[], after: readonly string[]): string {
  if (before.length === after.length && before.every((line, index) => line === after[index])) return '';
  let text = '\r';
  if (before.length > 1) text += `\x1b[${before.length - 1}A`;
  after.forEach((line, index) => {
    if (index > 0) text += '\r\n';
    if (line !== before[index]) text += `\x1b[2K${line}`;
  });
  // The cursor may stand at a column of a shorter, unchanged line: go on from its end.
  const last = after.length - 1;
  if (last >= 0 && after[last] === before[last]) text += `\r${after[last]}`;
  if (before.length > after.length) text += '\x1b[J';
  // Synchronized output: terminals that know it show the frame at once, others ignore it.
  return `\x1b[?2026h${text}\x1b[?2026l`;
}
