import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The folder of the project. */
export const ROOT = resolve(__dirname, '../..');

export interface Outcome {
  /** Exit code; null if a signal ended the process. */
  readonly code: number | null;
  /** Standard output and standard error, in the order in which they came. */
  readonly output: string;
}

/** Runs a tool of node_modules/.bin to its end, in `cwd`. */
export function runTool(tool: string, args: readonly string[], cwd = ROOT): Promise<Outcome> {
  return new Promise((settle, fail) => {
    const child = spawn(join(ROOT, 'node_modules/.bin', tool), args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', fail);
    child.on('close', (code) => settle({ code, output }));
  });
}
