/**
 * The text that replaces the lines on the terminal by the next ones. It uses no alternate screen, so that the last picture
 * stays when the program ends. It writes only lines that have changed, so that nothing flickers. The cursor is at the end
 * of the last line, before and after.
 */
export function redraw(before: readonly string[], after: readonly string[]): string {
  if (before.length === after.length && before.every((line, index) => line === after[index])) return '';
  let text = '\r';
  if (before.length > 1) text += `\x1b[${before.length - 1}A`;
  after.forEach((line, index) => {
    if (index > 0) text += '\r\n';
    if (line !== before[index]) text += `\x1b[2K${line}`;
  });
  // If the last line was not written, the cursor is not at its end.
  const last = after.length - 1;
  if (last >= 0 && after[last] === before[last]) text += `\r${after[last]}`;
  if (before.length > after.length) text += '\x1b[J';
  // Synchronized output: a terminal that knows it shows the frame at once, and others ignore it.
  return `\x1b[?2026h${text}\x1b[?2026l`;
}
