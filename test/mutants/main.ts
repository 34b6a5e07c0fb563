/**
 * `npm run mutants`. Exit code 0: each room reaches its goal. 1: one does not. 2: wrong command line. Sources in the
 * checkout are never changed; mutants live in memory.
 */
import path from 'node:path';
import { type Command, parseCommand, USAGE } from './command';
import { readEquivalents } from './equivalent';
import { type Measured, measure } from './measure';
import { reachesGoal, survivorLines, table } from './report';
import { MUTATED_ROOMS } from './rooms';

const ROOT = path.join(__dirname, '../..');

async function main(): Promise<number> {
  let command: Command;
  try {
    command = parseCommand(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  const { folders, files } = command;
  const rooms = MUTATED_ROOMS.filter(
    ({ folder }) =>
      (folders.length === 0 || folders.includes(folder)) &&
      (files.length === 0 || files.some((file) => path.dirname(file) === folder)),
  );
  if (rooms.length === 0) {
    process.stderr.write(`no such room: ${[...folders, ...files].join(' ')}\n\n${USAGE}`);
    return 2;
  }
  const listed = readEquivalents();
  const measured: Measured[] = [];
  for (const room of rooms) {
    const one = await measure(ROOT, room, command, listed);
    measured.push(one);
    for (const line of survivorLines(one)) process.stdout.write(`${line}\n`);
    for (const test of one.unfit) process.stdout.write(`cannot judge: ${test}\n`);
    for (const test of one.leftOut) process.stdout.write(`slow, mutants left out: ${test}\n`);
    process.stdout.write(`${one.equivalent} equivalent mutants are not counted\n${table([one])}\n\n`);
  }
  if (measured.length > 1) process.stdout.write(`${table(measured)}\n`);
  return measured.every(reachesGoal) ? 0 : 1;
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
