import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { withLock } from '../../envtest/binaries/lock';
import { OPERATOR_PROGRAM } from '../../envtest/real-parts';
import { lastLines, runCommand } from '../../envtest/run-command';
import { SandboxError } from '../../envtest/sandbox-error';

export const REPOSITORY = path.join(__dirname, '..', '..', '..');
const SYNTH = path.join(REPOSITORY, 'node_modules', '.bin', 'cdk8s');
/** Sources of the build. */
const SOURCES = ['src', 'charts', 'imports', 'package.json', 'package-lock.json', 'tsconfig.json'];
const OUTPUTS = [OPERATOR_PROGRAM, path.join(REPOSITORY, 'lib', 'charts', 'main.js')];

/** In a folder of this checkout that Git ignores. */
const BUILD_LOCK = path.join(REPOSITORY, 'node_modules', '.cache', 'codeconnect-vm-operator-build.lock');

/** Whether a source is newer than the last build. */
export async function buildIsDue(): Promise<boolean> {
  const outputs = await Promise.all(OUTPUTS.map(newestMs));
  const sources = await Promise.all(SOURCES.map((source) => newestMs(path.join(REPOSITORY, source))));
  return Math.min(...outputs) <= Math.max(...sources);
}

/**
 * Runs `npm run build`, unless another process has just done so. Rejects with CommandFailed and the output of the
 * compiler.
 */
export async function buildProduct(signal: AbortSignal): Promise<void> {
  const build = async () => {
    if (!(await buildIsDue())) return;
    await quoted('npm', ['run', '--silent', 'build'], process.env, signal);
    if ((await newestMs(OPERATOR_PROGRAM)) === 0) {
      throw new SandboxError('CommandFailed', `npm run build succeeded but made no ${OPERATOR_PROGRAM}`);
    }
  };
  await withLock(BUILD_LOCK, systemClock, () => {}, build, signal);
}

/** Folders with the manifests that a user would apply. */
export interface Synthesized {
  readonly install: string;
  readonly samples: string;
}

/** Runs `cdk8s synth` for the built charts, into other folders than dist/, which belongs to the user. */
export async function synthesize(folder: string, signal: AbortSignal): Promise<Synthesized> {
  const install = path.join(folder, 'install');
  const samples = path.join(folder, 'samples');
  // Without the upgrade check, which prints a stack trace on a machine without internet.
  const environment = { ...process.env, CDK8S_CHECK_UPGRADE: 'false' };
  const synth = (app: string, output: string) =>
    quoted(
      SYNTH,
      ['synth', '--app', `node ${path.join('lib', 'charts', app)}`, '--output', output],
      environment,
      signal,
    );
  await Promise.all([synth('main.js', install), synth('samples.js', samples)]);
  return { install, samples };
}

/** Like runToSuccess, in the repository. The error has both streams, because compilers write errors to standard output. */
async function quoted(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const result = await runCommand(command, args, { cwd: REPOSITORY, environment }, signal);
  if (result.exitCode === 0) return;
  const output = lastLines(`${result.stderr}\n${result.stdout}`, 20);
  const shown = [path.basename(command), ...args].join(' ');
  throw new SandboxError('CommandFailed', `${shown} ended with ${result.exitCode ?? 'a signal'}:\n${output}`);
}

/** Time of the last change of a file, or of the newest file below a folder; 0 if it does not exist. */
async function newestMs(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(file);
  const times = await Promise.all(names.map((name) => newestMs(path.join(file, name))));
  return Math.max(0, ...times);
}
