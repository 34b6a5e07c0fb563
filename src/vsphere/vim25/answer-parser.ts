/**
 * The XML parser of answers. What is wrong in one text or one attribute is an objection to that alone, and the parser goes
 * on (R14). Anything else is thrown as a VsphereError MalformedResponse.
 */
import { SaxesParser } from 'saxes';
import { MOST_ATTRIBUTES, tooMany } from './answer-limits';
import { malformedAnswer } from './shapes';

/** After any other error the elements no longer fit together. */
const OF_A_TEXT: ReadonlySet<string> = new Set([
  ...['disallowed character.', 'malformed character entity.', 'undefined entity.'],
  ...['disallowed character in entity name.', 'the string "]]>" is disallowed in char data.'],
]);
/** Makes no Error of an objection: a server could cause millions. */
export class AnswerParser extends SaxesParser<{ xmlns: false; position: false }> {
  readonly #onObjection: (objection: string) => void;
  #attributes = 0;

  constructor(onObjection: (objection: string) => void) {
    super({ xmlns: false, position: false });
    this.#onObjection = onObjection;
    this.on('opentagstart', () => {
      this.#attributes = 0;
    });
    // While the element is read: it may have no end.
    this.on('attribute', () => {
      this.#attributes += 1;
      if (this.#attributes > MOST_ATTRIBUTES) throw tooMany('attributes in an element', MOST_ATTRIBUTES);
    });
  }

  override fail(message: string): this {
    if (!OF_A_TEXT.has(message)) throw malformedAnswer(message);
    this.#onObjection(message);
    return this;
  }
}
