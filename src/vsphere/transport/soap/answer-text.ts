/** Collects the text of an answer, and checks it before `soap` parses it. */
import { malformedAnswer } from '../../vim25/shapes';
import { transportError } from '../../vim25/vsphere-error';
import type { AnswerSink } from '../codec';

/** The limit of our decoder. `soap` itself has none. */
const DEEPEST = 128;
const LONGEST = 64 * 2 ** 20;

export class AnswerText implements AnswerSink<string> {
  #text = '';

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > LONGEST)
      throw transportError('ResponseTooLarge', `the answer is larger than ${LONGEST / 2 ** 20} MiB`, 'Unknown');
  }

  /** Throws a VsphereError if the text is cut, nested too deeply, or has a document type. */
  end(): string {
    const text = this.#text;
    // `soap` would accept a second root element after the first, and would take a missing envelope for an empty one.
    if (!/<\/([\w.-]+:)?Envelope\s*>\s*$/.test(text.slice(-200)))
      throw malformedAnswer('it does not end with its envelope');
    checkMarkup(text);
    return text;
  }
}

const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE|<\/|<[^!?/]/g;

function checkMarkup(text: string): void {
  let depth = 0;
  for (const match of text.matchAll(MARKUP)) {
    const [markup] = match;
    if (markup === '<!DOCTYPE') throw malformedAnswer('it has a document type, which SOAP forbids');
    if (markup === '</') depth -= 1;
    else if (!markup.startsWith('<!') && !markup.startsWith('<?')) {
      depth += isEmptyElement(text, match.index) ? 0 : 1;
      if (depth > DEEPEST)
        throw transportError('ResponseTooLarge', `the answer is nested deeper than ${DEEPEST} elements`, 'Unknown');
    }
  }
}

function isEmptyElement(text: string, start: number): boolean {
  const end = text.indexOf('>', start);
  return end > 0 && text[end - 1] === '/';
}
