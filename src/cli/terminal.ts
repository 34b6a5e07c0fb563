import { styleText } from 'node:util';
import type { Screen } from '../operator/text-table';

/** Standard output: with colours and wrapped where it is a terminal (NO_COLOR is honoured), else plain. */
export function screenOfStandardOutput(): Screen {
  const { stdout } = process;
  return {
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    width: stdout.isTTY ? stdout.columns : undefined,
  };
}

export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** Ends with Ctrl-C, so that the session at vCenter is logged out. */
export function untilInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.once(name, () => interrupted.abort(new Error(`got ${name}`)));
  return interrupted.signal;
}
