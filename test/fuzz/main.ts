/**
 * `npm run fuzz`. Each target runs in a process of its own with a heap of 200 MB, so that a hang and an exhausted heap are
 * found, too. Exit code 0: nothing was found. 1: something was, and its text is in the corpus. 2: wrong command line.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { corpusOf, keep } from './corpus-files';
import { textsOf } from './rounds';
import { type Target, takenInTime } from './target';
import { TARGETS } from './targets';

const USAGE = `npm run fuzz -- TARGET [--minutes N] [--seed S]: changed texts by strangers, for code that has to bear them

  TARGET        ${TARGETS.map(({ name }) => name).join(', ')}
  --minutes N   how long (5)
  --seed S      where to begin (1)
`;
const HEAP_MB = 200;
/** A process that says nothing for so long hangs. */
const HANGS_AFTER_MS = 60_000;

interface Command {
  readonly target: Target;
  readonly minutes: number;
  readonly seed: number;
  /** Where a child writes the text that it is about to take. */
  readonly taking: string | undefined;
}

function parseCommand(args: readonly string[]): Command {
  const options = {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    taking: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const target = TARGETS.find(({ name }) => name === positionals[0]);
  if (target === undefined || positionals.length !== 1) throw new Error(`unknown target ${positionals.join(' ')}`);
  const numbers = [Number(values.minutes), Number(values.seed)] as const;
  if (!(numbers[0] > 0) || !Number.isInteger(numbers[1])) throw new Error('--minutes and --seed take numbers');
  return { target, minutes: numbers[0], seed: numbers[1], taking: values.taking };
}

/** In the child: takes texts until the time is over, or something is wrong. */
async function takeTexts({ target, minutes, seed, taking = '' }: Command): Promise<number> {
  const endMs = performance.now() + minutes * 60_000;
  let rounds = 0;
  let saidMs = 0;
  const take = async (text: string) => {
    writeFileSync(taking, text);
    await takenInTime(target, text);
    rounds += 1;
    if (performance.now() < saidMs + 1_000) return;
    saidMs = performance.now();
    process.stdout.write(`${rounds}\n`);
  };
  for (const text of [...target.seeds, ...corpusOf(target).map(([, kept]) => kept)]) await take(text);
  for (const text of textsOf(target, seed)) {
    if (performance.now() > endMs) break;
    await take(text);
  }
  process.stdout.write(`${rounds}\n`);
  return 0;
}

/** In the parent: watches the child. Resolves with the exit code. */
function watch(command: Command): Promise<number> {
  const { target, minutes, seed } = command;
  const folder = mkdtempSync(path.join(tmpdir(), 'vm-operator-fuzz-'));
  const taking = path.join(folder, 'taking');
  const args = [__filename, target.name, '--minutes', String(minutes), '--seed', String(seed), '--taking', taking];
  const child = spawn(process.execPath, [...process.execArgv, `--max-old-space-size=${HEAP_MB}`, ...args]);
  let rounds = '0';
  let said = '';
  let ending: NodeJS.Timeout;
  const awaitMore = () => {
    clearTimeout(ending);
    ending = setTimeout(() => {
      said += `a text took more than ${HANGS_AFTER_MS / 1_000} s\n`;
      child.kill('SIGKILL');
    }, HANGS_AFTER_MS);
  };
  awaitMore();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    rounds = text.trim().split('\n').at(-1) ?? rounds;
    awaitMore();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearTimeout(ending);
      if (code !== 0) {
        const file = keep(target, readFileSync(taking, 'utf8'));
        process.stderr.write(`${said.trim().slice(-2_000)}\nthe text is in ${file}\n`);
      }
      process.stdout.write(`${target.name}: ${rounds} texts, ${code === 0 ? 'nothing found' : 'found one'}\n`);
      rmSync(folder, { recursive: true, force: true });
      resolve(code === 0 ? 0 : 1);
    });
  });
}

async function main(): Promise<number> {
  let command: Command;
  try {
    command = parseCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  return command.taking === undefined ? watch(command) : takeTexts(command);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  },
);
