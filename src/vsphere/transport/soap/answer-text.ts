/** Collects the text of an answer, and checks it before `soap` parses it. */
import { DEEPEST, MOST_ATTRIBUTES, tooDeep, tooMany } from '../../vim25/answer-limits';
import { isReadable, malformedAnswer } from '../../vim25/shapes';
import { transportError } from '../../vim25/vsphere-error';
import type { AnswerSink } from '../codec';
import { NOT_UTF8 } from '../utf8-text';

/** `soap` itself has no limits, parses the whole answer in one go, and takes some kilobytes for each element. */
const LONGEST = 8 * 2 ** 20;
const MOST_ELEMENTS = 100_000;

export class AnswerText implements AnswerSink<string> {
  #text = '';

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > LONGEST)
      throw transportError('ResponseTooLarge', `the answer is larger than ${LONGEST / 2 ** 20} MiB`, 'Unknown');
  }

  /** Throws a VsphereError if the text is cut, too large for `soap`, or has a document type. */
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

/** Each piece of markup is looked at once, however it is broken. */
function checkMarkup(text: string): void {
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) at = after(text, '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) at = after(text, ']]>', at + 9);
    else if (text.startsWith('<?', at)) at = after(text, '?>', at + 2);
    else if (text.startsWith('<!', at)) throw malformedAnswer('it has a document type, which SOAP forbids');
    else if (text.startsWith('</', at)) {
      depth -= 1;
      at = after(text, '>', at);
    } else {
      at = endOfTag(text, at);
      elements += 1;
      if (elements > MOST_ELEMENTS) throw tooMany('elements', MOST_ELEMENTS);
      if (text[at - 2] !== '/') depth += 1;
      if (depth > DEEPEST) throw tooDeep();
    }
  }
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  if (found < 0) throw malformedAnswer(`it has markup without its ${end}`);
  return found + end.length;
}

const TAG_PART = /[<>"']/g;

/** The place after the tag that begins there. A value of an attribute may have any of these characters. */
function endOfTag(text: string, start: number): number {
  let attributes = 0;
  for (let at = start + 1; ; ) {
    TAG_PART.lastIndex = at;
    const part = TAG_PART.exec(text);
    if (part === null || part[0] === '<') throw malformedAnswer('it has a tag without its end');
    if (part[0] === '>') return part.index + 1;
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw tooMany('attributes in an element', MOST_ATTRIBUTES);
    at = after(text, part[0], part.index + 1);
  }
}
