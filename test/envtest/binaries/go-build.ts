import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, runCommand } from '../run-command';
import { SandboxError } from '../sandbox-error';
import { mendedSimulatorModule, type RunGo } from './mended-simulator';
import { MODULES_FOLDER, type Program } from './program';
import type { RunningTask } from './progress';

/** modules/go.mod says the same; go itself tells the exact version it wants. */
const OLDEST_GO = '1.26';

/**
 * Builds a program in `workFolder`, which must exist and be the caller's to throw away, and resolves with the path of
 * the executable in there. Rejects with GoMissing, GoTooOld, NoNetwork, EditDoesNotFit or BuildFailed.
 */
export async function buildFromModules(
  program: Program,
  workFolder: string,
  environment: NodeJS.ProcessEnv,
  task: RunningTask,
  signal: AbortSignal,
): Promise<string> {
  // A copy, because mending edits go.mod, and because Go must not stamp the state of our repository into the program.
  const modules = path.join(workFolder, 'modules');
  await cp(MODULES_FOLDER, modules, { recursive: true });
  const go = goIn(modules, environment, task);
  task.doing('looking at Go');
  await go(['version'], signal);
  if (program.name === 'vcsim') {
    const mended = path.join(workFolder, 'govmomi');
    await mendedSimulatorModule(go, mended, task, signal);
    await go(['mod', 'edit', '-replace', `github.com/vmware/govmomi=${mended}`], signal);
  }
  const output = path.join(workFolder, 'bin', program.name);
  await mkdir(path.dirname(output), { recursive: true });
  task.doing('compiling');
  await go(['build', '-v', '-trimpath', '-ldflags', program.linkerFlags, '-o', output, `./${program.name}`], signal);
  return output;
}

function goIn(folder: string, environment: NodeJS.ProcessEnv, task: RunningTask): RunGo {
  // GOWORK: a workspace of the user must not reach into this module. CGO: one result, with or without a C compiler.
  const goEnvironment = { ...environment, CGO_ENABLED: '0', GOWORK: 'off' };
  let compiled = 0;
  const onErrorLine = (line: string) => {
    if (line.startsWith('go: downloading ')) task.doing(line.slice('go: '.length));
    else if (/^[\w.]+(\/[\w.~-]+)*$/.test(line)) {
      compiled += 1;
      task.doing(`compiled ${compiled} packages`);
    }
  };
  return async (args, signal) => {
    const result = await runCommand('go', args, { cwd: folder, environment: goEnvironment, onErrorLine }, signal).catch(
      (error: unknown) => {
        if (error instanceof SandboxError && error.code === 'ProgramMissing') throw goMissing(error);
        throw error;
      },
    );
    if (result.exitCode === 0) return result.stdout;
    throw goFailure(args, result.stderr);
  };
}

function goMissing(cause: Error): SandboxError {
  return new SandboxError(
    'GoMissing',
    `Go is not on the PATH, and it is needed to build kube-apiserver, etcd and vcsim. Install Go ${OLDEST_GO} or newer ` +
      '(https://go.dev/dl/), or name ready programs by TEST_ASSET_KUBE_APISERVER, TEST_ASSET_ETCD and VM_OPERATOR_VCSIM.',
    { cause },
  );
}

/** Tells the causes that a person can remove from all others, by what go wrote. */
export function goFailure(args: readonly string[], stderr: string): SandboxError {
  const said = lastLines(stderr, 15);
  if (/requires go >= |toolchain not available|invalid go version|unknown directive: toolchain/.test(stderr)) {
    return new SandboxError(
      'GoTooOld',
      `Go is too old to build the programs of the sandbox. Install Go ${OLDEST_GO} or newer (https://go.dev/dl/), or ` +
        `allow it to fetch one (GOTOOLCHAIN=auto). go said:\n${said}`,
    );
  }
  if (
    /dial tcp|no such host|i\/o timeout|connection re(fused|set)|TLS handshake|proxyconnect|module lookup disabled/.test(
      stderr,
    )
  ) {
    return new SandboxError(
      'NoNetwork',
      'Go could not download the modules of kube-apiserver, etcd and vcsim. Check the network, or set GOPROXY to a module ' +
        `proxy that this machine reaches, and run it again: what is downloaded is kept. go said:\n${said}`,
    );
  }
  return new SandboxError('BuildFailed', `go ${args.join(' ')} failed:\n${said}`);
}
