import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, runCommand } from '../run-command';
import { SandboxError } from '../sandbox-error';
import { patchedSimulatorModule, type RunGo } from './patched-simulator';
import { MODULES_FOLDER, type Program } from './program';
import type { RunningTask } from './progress';

/** The same version as in modules/go.mod. An error of go names the exact one. */
const OLDEST_GO = '1.26';

/**
 * Builds a program in `workFolder`, which must exist and which the caller removes later. Resolves with the path of the
 * executable in it. Rejects with GoMissing, GoTooOld, NoNetwork, EditDoesNotFit or BuildFailed.
 */
export async function buildFromModules(
  program: Program,
  workFolder: string,
  environment: NodeJS.ProcessEnv,
  task: RunningTask,
  signal: AbortSignal,
): Promise<string> {
  // A copy, because the patched simulator needs another go.mod, and because Go would put the state of our Git repository
  // into the program.
  const modules = path.join(workFolder, 'modules');
  await cp(MODULES_FOLDER, modules, { recursive: true });
  const go = goIn(modules, environment, task);
  task.doing('checking Go');
  await go(['version'], signal);
  if (program.name === 'vcsim') {
    const patched = path.join(workFolder, 'govmomi');
    await patchedSimulatorModule(go, patched, task, signal);
    await go(['mod', 'edit', '-replace', `github.com/vmware/govmomi=${patched}`], signal);
  }
  const output = path.join(workFolder, 'bin', program.name);
  await mkdir(path.dirname(output), { recursive: true });
  task.doing('compiling');
  await go(['build', '-v', '-trimpath', '-ldflags', program.linkerFlags, '-o', output, `./${program.name}`], signal);
  return output;
}

function goIn(folder: string, environment: NodeJS.ProcessEnv, task: RunningTask): RunGo {
  // GOWORK: a workspace of the user must not change this module. CGO: the result is the same without a C compiler.
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
    `Go is not on the PATH, but building kube-apiserver, etcd and vcsim needs it: install Go ${OLDEST_GO} or newer ` +
      '(https://go.dev/dl/), or set TEST_ASSET_KUBE_APISERVER, TEST_ASSET_ETCD and VM_OPERATOR_VCSIM to existing programs',
    { cause },
  );
}

/** Classifies a failure of go by its output: the first two causes are ones that a person can remove. */
export function goFailure(args: readonly string[], stderr: string): SandboxError {
  const output = lastLines(stderr, 15);
  if (/requires go >= |toolchain not available|invalid go version|unknown directive: toolchain/.test(stderr)) {
    return new SandboxError(
      'GoTooOld',
      `Go is too old to build the programs of the sandbox: install Go ${OLDEST_GO} or newer (https://go.dev/dl/), or ` +
        `let Go download one (GOTOOLCHAIN=auto); output of go:\n${output}`,
    );
  }
  if (
    /dial tcp|no such host|i\/o timeout|connection re(fused|set)|TLS handshake|proxyconnect|module lookup disabled/.test(
      stderr,
    )
  ) {
    return new SandboxError(
      'NoNetwork',
      'Go could not download the modules of kube-apiserver, etcd and vcsim: check the network, or set GOPROXY to a module ' +
        `proxy that this machine can reach, and run it again; output of go:\n${output}`,
    );
  }
  return new SandboxError('BuildFailed', `go ${args.join(' ')} failed:\n${output}`);
}
