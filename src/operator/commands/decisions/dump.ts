/** Dumps: files, standard input and logs with decisions between other lines. */
import { createReadStream } from 'node:fs';
import { DumpError, findDecision, type ReadDecision, readDecision } from '../../../vmgroup/decisions/decision-line';
import { boundedText, TextTooLarge } from '../bounded-text';
import { DecisionError } from './decision-error';

/** A dump of an operator has up to 6 MiB, and a log much else. */
const LARGEST_DUMP = 256 * 2 ** 20;

export interface Dump {
  /** By group, the oldest first. The same decision in two dumps is there once. */
  readonly decisions: readonly ReadDecision[];
  /** Why a decision could not be read: file, line and remedy. */
  readonly problems: readonly string[];
}

export interface DumpSource {
  /** For messages. */
  readonly name: string;
  readonly text: AsyncIterable<Uint8Array | string>;
}

export function fileSources(
  files: readonly string[],
  standardInput: () => AsyncIterable<Uint8Array | string>,
): readonly DumpSource[] {
  return files.map((file) =>
    file === '-' ? { name: 'standard input', text: standardInput() } : { name: file, text: createReadStream(file) },
  );
}

/** Throws a DecisionError for a file that cannot be read, or that has no decision in it. */
export async function readDump(sources: readonly DumpSource[]): Promise<Dump> {
  const decisions = new Map<string, ReadDecision>();
  const problems: string[] = [];
  for (const source of sources) {
    let found = 0;
    for await (const { line, number } of linesOf(source)) {
      const decision = findDecision(line);
      if (decision === undefined) continue;
      found += 1;
      if (decisions.has(decision)) continue;
      try {
        decisions.set(decision, readDecision(decision));
      } catch (error) {
        if (!(error instanceof DumpError)) throw error;
        problems.push(`${source.name}:${number}: ${error.message}`);
      }
    }
    if (found === 0)
      throw new DecisionError('NoDecision', `${source.name}: no decision is in it: it is no dump of vm-operator`);
  }
  const order = (a: ReadDecision, b: ReadDecision) =>
    a.group === b.group ? a.atMs - b.atMs : a.group < b.group ? -1 : 1;
  return { decisions: [...decisions.values()].sort(order), problems };
}

async function* linesOf({
  name,
  text,
}: DumpSource): AsyncGenerator<{ readonly line: string; readonly number: number }> {
  let parts: string[] = [];
  let number = 1;
  try {
    for await (const chunk of boundedText(text, LARGEST_DUMP)) {
      const [first = '', ...rest] = chunk.split('\n');
      parts.push(first);
      for (const next of rest) {
        yield { line: parts.join(''), number };
        number += 1;
        parts = [next];
      }
    }
  } catch (error) {
    if (!(error instanceof TextTooLarge) && !(error instanceof Error && 'syscall' in error)) throw error;
    throw new DecisionError('NotReadable', `${name}: ${error.message}`, { cause: error });
  }
  yield { line: parts.join(''), number };
}
