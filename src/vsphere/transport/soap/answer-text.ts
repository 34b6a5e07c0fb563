/** Collects the text of an answer, and checks it before `soap` parses it. */
import { isReadable, malformedAnswer } from '../../vim25/shapes';
import { transportError } from '../../vim25/vsphere-error';
import type { AnswerSink } from '../codec';
import { NOT_UTF8 } from '../utf8-text';

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
    return ODD_REFERENCE.test(text) ? withoutForbidden(text) : text;
  }
}

const ODD_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos);)/;
const REFERENCES =
  /<!\[CDATA\[[\s\S]*?\]\]>|&(?:#(\d{1,9});|#x([\da-f]{1,8});|(?!(?:amp|lt|gt|quot|apos);)[\w.-]*;?)/gi;

/** `soap` would refuse the whole answer for one reference to what is no character of XML (R14). */
function withoutForbidden(text: string): string {
  return text.replace(REFERENCES, (found, decimal?: string, hex?: string) => {
    if (found.startsWith('<')) return found;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff && isReadable(String.fromCodePoint(code)) ? found : NOT_UTF8;
  });
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
