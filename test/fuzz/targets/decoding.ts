/** Answers as our codec reads them: whole or in pieces it is the same value, or the same failure. */
import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Utf8Text } from '../../../src/vsphere/transport/utf8-text';
import { AnswerDecoder } from '../../../src/vsphere/vim25/decode';
import { type MethodName, methods } from '../../../src/vsphere/vim25/methods';
import { VsphereError } from '../../../src/vsphere/vim25/vsphere-error';
import { answerSeeds } from '../answer-seeds';
import { changedAnswer } from '../change-answer';
import { bytesOf } from '../scripted-vcenter';
import { promised, type Target } from '../target';

export const decoding: Target = {
  name: 'decoding',
  ending: 'xml',
  seeds: answerSeeds,
  change: changedAnswer,
  take: async (text) => {
    const bytes = bytesOf(text);
    const method = methodOf(text);
    const whole = outcome(method, [bytes]);
    const size = 1 + (Number.parseInt(hash('sha256', text).slice(0, 6), 16) % 4_000);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    promised(isDeepStrictEqual(whole, outcome(method, pieces)), 'the same is read, wherever the bytes are cut');
    promised(Object.keys(Object.prototype).length === 0, 'no member of all objects is set');
  },
};

export function methodOf(text: string): MethodName {
  const named = /<(\w+)Response[\s>/]/.exec(text)?.[1] ?? '';
  return Object.hasOwn(methods, named) ? (named as MethodName) : 'RetrievePropertiesEx';
}

function outcome(method: MethodName, pieces: readonly Buffer[]): unknown {
  const decoder = new AnswerDecoder(method);
  const text = new Utf8Text();
  try {
    for (const piece of pieces) decoder.write(text.next(piece));
    decoder.write(text.end());
    return decoder.end();
  } catch (error) {
    if (!(error instanceof VsphereError)) throw error;
    // Which of two mistakes is met first may depend on the pieces.
    return 'failed';
  }
}
