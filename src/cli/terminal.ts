import { styleText } from 'node:util';
import { printable } from '../api/printable';
import type { CommandFlags } from '../operator/commands/command-flags';
import type { CommandOptions } from '../operator/commands/command-options';
import type { DecisionOptions } from '../operator/commands/decisions/decision-options';
import type { RoleOptions } from '../operator/commands/role/role-command';
import type { RoleFlags } from '../operator/commands/role/role-flags';
import type { StatusFlags } from '../operator/commands/status/status-flags';
import type { LiveScreen, StatusOptions } from '../operator/commands/status/status-options';
import type { Screen } from '../operator/commands/text-table';
import { systemClock } from '../time/clock';
import { systemRandom } from '../time/random';

/** Standard output: wrapped and in colour if it is a terminal, without colour if NO_COLOR is set, else plain. */
function screenOfStandardOutput(): Screen {
  const { stdout } = process;
  return {
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    width: stdout.isTTY ? stdout.columns : undefined,
  };
}

/** `plan` and `check` on this process's streams. */
export function commandOptions(flags: CommandFlags): CommandOptions {
  return {
    flags,
    environment: process.env,
    clock: systemClock,
    random: systemRandom,
    screen: screenOfStandardOutput(),
    standardInput: () => process.stdin,
    print: (text) => process.stdout.write(text),
    log: (line) => process.stderr.write(`${line}\n`),
  };
}

/** `status` on this process's streams. */
export function statusOptions(flags: StatusFlags): StatusOptions {
  const { stdout } = process;
  return {
    flags,
    clock: systemClock,
    random: systemRandom,
    screen: (): LiveScreen => ({ ...screenOfStandardOutput(), height: stdout.isTTY ? stdout.rows : undefined }),
    print: (text) => stdout.write(text),
  };
}

/** `role` on this process's streams. */
export function roleOptions(flags: RoleFlags): RoleOptions {
  return {
    flags,
    clock: systemClock,
    screen: screenOfStandardOutput(),
    print: (text) => process.stdout.write(text),
  };
}

/** `why` and `replay` on this process's streams. */
export function decisionOptions<Flags>(command: string, flags: Flags): DecisionOptions<Flags> {
  return {
    flags,
    environment: process.env,
    clock: systemClock,
    screen: screenOfStandardOutput(),
    standardInput: () => process.stdin,
    print: (text) => process.stdout.write(text),
    warn: (line) => process.stderr.write(`vm-operator ${command}: ${printable(line)}\n`),
  };
}

/** Aborted by Ctrl-C, so that the command can log out of vCenter, and leave the terminal as it was. */
export function untilInterrupted(): AbortSignal {
  const interrupted = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.once(name, () => interrupted.abort(new Error(`got ${name}`)));
  return interrupted.signal;
}
