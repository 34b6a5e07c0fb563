/** Controls, formats (also those that turn the direction of writing), line and paragraph separators, halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text that a stranger wrote, in one line and without a character that a terminal obeys: each of those is written as JSON
 * writes it, such as \u001b. A name cannot clear the screen of who reads it then, nor look like another line of a log.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => SHORT[character] ?? [...unitsOf(character)].join(''));
}

/** At most so many characters of a printable text, and no half of one: the API server would change that. */
export function printableWithin(text: string, most: number): string {
  const written = printable(text);
  return written.length <= most ? written : written.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

/** A text of several lines of ours. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function* unitsOf(character: string): Generator<string> {
  for (let unit = 0; unit < character.length; unit += 1)
    yield `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
}
