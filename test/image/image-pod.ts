import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasEnded } from '../envtest/real-parts/child-answer';
import type { LeashReport } from '../envtest/real-parts/leash.mts';
import { LineLog } from '../envtest/real-parts/line-log';
import { runCommand, runToSuccess } from '../envtest/run-command';
import { SandboxError } from '../envtest/sandbox-error';
import type { RuntimeConfig } from './runtime-config';

const LEASH = path.join(__dirname, '..', 'envtest', 'real-parts', 'leash.mts');

/** A container that runc runs. */
export interface ImagePod {
  readonly log: LineLog;
  /** Its end: "exit code 0", or "exit code 137" after SIGKILL, as runc tells it. */
  readonly ended: Promise<string>;
  /** The process id of the program, as this machine sees it. Rejects with CommandFailed before it runs and after its end. */
  processId(signal: AbortSignal): Promise<number>;
  /** How much memory its cgroup allows. Rejects as `processId` does. */
  memoryLimitBytes(signal: AbortSignal): Promise<number>;
  /** Sends a signal to the program, which is process 1 of the container. */
  kill(name: NodeJS.Signals): void;
  /** Ends it if it still runs, and removes what is left of it. */
  remove(): Promise<void>;
}

/**
 * Starts a container with runc, which containerd and CRI-O use too. It gets SIGTERM when this process ends.
 * Rejects with ProgramMissing if runc cannot be started. Only root may start one.
 */
export async function startPod(config: RuntimeConfig): Promise<ImagePod> {
  const folder = await mkdtemp(path.join(tmpdir(), 'image-pod-'));
  await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
  const name = path.basename(folder);
  const runc = ['--root', path.join(folder, 'state')];
  const leash = spawn(process.execPath, [LEASH, 'runc', ...runc, 'run', '--bundle', folder, name], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const log = new LineLog();
  for (const stream of [leash.stdout, leash.stderr]) if (stream !== null) log.follow(stream);
  let how = 'the end of its leash';
  const started = new Promise<void>((resolve, reject) => {
    leash.on('message', (message) => {
      const report = message as LeashReport;
      switch (report.kind) {
        case 'Started':
          resolve();
          break;
        case 'Ended':
          how = report.signal ?? `exit code ${report.exitCode}`;
          break;
        case 'NotStarted':
          reject(new SandboxError('ProgramMissing', `runc cannot be started: ${report.message}`));
          break;
      }
    });
  });
  const ended = hasEnded(leash).then(() => how);
  await started;
  return {
    log,
    ended,
    processId: async (signal) => JSON.parse(await runToSuccess('runc', [...runc, 'state', name], {}, signal)).pid,
    memoryLimitBytes: async (signal) => {
      const statistics = JSON.parse(await runToSuccess('runc', [...runc, 'events', '--stats', name], {}, signal));
      return statistics.data.memory.usage.limit;
    },
    kill: (signal) => {
      if (leash.connected) leash.send(signal);
    },
    remove: async () => {
      await runCommand('runc', [...runc, 'delete', '--force', name], {}, new AbortController().signal);
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
