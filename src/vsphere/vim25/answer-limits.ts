/**
 * How much an answer may be. All of it has to fit beside the inventory into the 256 MiB that the Deployment has by default:
 * an element takes a few bytes on its way, and some hundred in memory. A page of a thousand machines has about 2 MiB and
 * 60,000 elements; with a ResponseTooLarge the pages become smaller (property/page-size.ts).
 */
import { transportError, type VsphereError } from './vsphere-error';

export const LARGEST_ANSWER_BYTES = 16 * 2 ** 20;
export const MOST_ELEMENTS = 200_000;
/** Of one element. */
export const MOST_ATTRIBUTES = 64;
/** The answers to our calls have about 12 levels. */
export const DEEPEST = 128;
/** Of one text. A longer one cannot be read. */
export const LONGEST_TEXT = 2 * 2 ** 20;
/** Between two tags, of a text, a comment or whatever is there: the parser gathers it, in many small pieces. */
const LONGEST_GAP = 4 * 2 ** 20;

export function tooMany(what: string, most: number): VsphereError {
  const limit = most.toLocaleString('en');
  return transportError('ResponseTooLarge', `the answer has more than ${limit} ${what}`, 'Unknown');
}

/** Throws if there was no tag for too long. */
export function checkGap(characters: number): void {
  if (characters <= LONGEST_GAP) return;
  const text = `the answer has no tag in ${LONGEST_GAP / 2 ** 20} MiB of text`;
  throw transportError('ResponseTooLarge', text, 'Unknown');
}

export function tooDeep(): VsphereError {
  return transportError('ResponseTooLarge', `the answer is nested deeper than ${DEEPEST} elements`, 'Unknown');
}
