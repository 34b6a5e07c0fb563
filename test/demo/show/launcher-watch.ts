import { spawnSync } from 'node:child_process';
import type { Clock } from '../../../src/time/clock';
import { isAlive } from '../../envtest/binaries/lock';

const LOOK_EVERY_MS = 1_000;
const MOST_ANCESTORS = 6;

/**
 * Calls back once when the npm (or tsx) that started this process has ended. After SIGKILL it sends us no signal, and we
 * would keep running in the background with three servers. Without the program `ps` nothing is watched.
 */
export function onLauncherGone(clock: Clock, callback: () => void): void {
  const launchers = launchersOf(process.pid);
  if (launchers.length === 0) return;
  const look = () => {
    if (launchers.every(isAlive)) clock.setTimer(LOOK_EVERY_MS, look);
    else callback();
  };
  clock.setTimer(LOOK_EVERY_MS, look);
}

/** Ancestors up to the topmost npm or tsx, without the shell above it. */
function launchersOf(processId: number): readonly number[] {
  const ancestors: { readonly id: number; readonly command: string }[] = [];
  for (let id = parentOf(processId)?.parent; id !== undefined && ancestors.length < MOST_ANCESTORS; ) {
    const entry = parentOf(id);
    if (entry === undefined) break;
    ancestors.push({ id, command: entry.command });
    id = entry.parent > 1 ? entry.parent : undefined;
  }
  const top = ancestors.findLastIndex(({ command }) => /(^|\/)(npm|npx|tsx)\b/.test(command));
  return ancestors.slice(0, top + 1).map(({ id }) => id);
}

function parentOf(processId: number): { readonly parent: number; readonly command: string } | undefined {
  const answer = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(processId)], { encoding: 'utf8' });
  const match = /^\s*(\d+)\s+(.*)$/m.exec(answer.stdout ?? '');
  return match?.[1] === undefined ? undefined : { parent: Number(match[1]), command: match[2] ?? '' };
}
