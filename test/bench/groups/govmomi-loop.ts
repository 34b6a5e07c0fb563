import path from 'node:path';
import type { Vcsim } from '../../envtest/real-parts';
import { runCommand } from '../../envtest/run-command';

const MODULES = path.join(__dirname, '..', '..', 'envtest', 'modules');
const forever = new AbortController().signal;

export interface LoopFigures {
  readonly ms: number;
  readonly requests: number;
  /** WaitForUpdatesEx. */
  readonly waits: number;
}

/**
 * Runs the loop of test/envtest/modules/groups-bench on a simulator: folders, clones and power-ons, with `width` clones at
 * once. Go caches the build, so only the first run on a machine takes longer.
 */
export async function runGovmomiLoop(
  vcsim: Vcsim,
  groups: number,
  machines: number,
  width: number,
): Promise<LoopFigures> {
  const address = new URL(vcsim.url);
  address.username = vcsim.user;
  address.password = vcsim.password;
  const program = path.join(path.dirname(vcsim.caFile), 'groups-bench');
  const environment = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const built = await runCommand(
    'go',
    ['build', '-o', program, './groups-bench'],
    { cwd: MODULES, environment },
    forever,
  );
  if (built.exitCode !== 0) throw new Error(`go build of groups-bench failed: ${built.stderr.slice(-500)}`);
  const args = [address.href, ...[groups, machines, width].map(String)];
  const result = await runCommand(program, args, { cwd: path.dirname(program), environment: process.env }, forever);
  if (result.exitCode !== 0) throw new Error(`groups-bench failed: ${result.stderr.slice(-500)}`);
  return JSON.parse(result.stdout) as LoopFigures;
}
