import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { SandboxError } from './sandbox-error';

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment. Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Standard input of the program. Default: none. */
  readonly input?: string;
  /** Called with each line of standard error. */
  readonly onErrorLine?: (line: string) => void;
}

export interface CommandResult {
  /** Undefined if a signal ended the program. */
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end, and resolves with any exit code. Rejects with ProgramMissing if it cannot be started. When
 * the signal is aborted, it interrupts the program and waits for its end, and then rejects with the reason of the signal.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.environment ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const interrupt = () => child.kill('SIGINT');
    signal.addEventListener('abort', interrupt, { once: true });
    let stdout = '';
    const errorLines: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    createInterface({ input: child.stderr }).on('line', (line) => {
      errorLines.push(line);
      options.onErrorLine?.(line);
    });
    // A program may end without reading its input: that is no failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      signal.removeEventListener('abort', interrupt);
      reject(new SandboxError('ProgramMissing', `${command} cannot be started: ${error.message}`, { cause: error }));
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      if (signal.aborted) reject(signal.reason);
      else resolve({ ...(code === null ? {} : { exitCode: code }), stdout, stderr: errorLines.join('\n') });
    });
  });
}

/** Like runCommand, but rejects with CommandFailed and the last lines of standard error unless the exit code is 0. */
export async function runToSuccess(
  command: string,
  args: readonly string[],
  options: CommandOptions,
  signal: AbortSignal,
): Promise<string> {
  const result = await runCommand(command, args, options, signal);
  if (result.exitCode === 0) return result.stdout;
  const output = lastLines(result.stderr.trim() === '' ? result.stdout : result.stderr, 15);
  throw new SandboxError(
    'CommandFailed',
    `${command} ${args.join(' ')} ended with ${result.exitCode ?? 'a signal'}: ${output}`,
  );
}

export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
