/** The role that `vm-operator role` prints, given to the operator's account of a strict vCenter. */
import path from 'node:path';
import type { VCenterRoles } from '../../../src/operator/commands/role/vcenter-roles';
import { findGovc } from '../../envtest/binaries/govc';
import type { Vcsim } from '../../envtest/real-parts';
import { runToSuccess } from '../../envtest/run-command';
import { buildIfDue, type Environment, vmOperator } from '../command';

const forever = new AbortController().signal;

/** Objects of the simulator, none of which stands for all of the datacenter. The templates are in a folder of their own. */
export const NAMED_PLACES = [
  ...['--folder', '/vcqaDC/vm/vm-operator', '--templates', '/vcqaDC/vm/templates'],
  ...['--pool', '/vcqaDC/host/DC0_C0', '--datastore', '/vcqaDC/datastore/LocalDS_0'],
  // The second is that of the template.
  ...['--network', '/vcqaDC/network/VM Network', '--network', '/vcqaDC/network/DC0_DVPG0'],
];

/** What takes minutes the first time: the command of this checkout, and govc. */
export async function buildPrograms(): Promise<void> {
  await buildIfDue();
  await findGovc(process.env, forever);
}

/** What the command prints. Rejects if it fails. */
export async function printed(args: readonly string[], environment: Environment = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await vmOperator(['role', ...args], environment);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

export async function printedRoles(args: readonly string[]): Promise<VCenterRoles> {
  return JSON.parse(await printed([...args, '-o', 'json']));
}

/** Runs lines with calls of govc in a shell, as the administrator. The first that fails is the last. */
export async function runAsAdministrator(vcsim: Vcsim, lines: string): Promise<string> {
  const govc = await findGovc(process.env, forever);
  const environment = {
    PATH: [path.dirname(govc), process.env.PATH].join(path.delimiter),
    GOVC_URL: vcsim.url,
    GOVC_USERNAME: vcsim.administrator,
    GOVC_PASSWORD: vcsim.password,
    GOVC_TLS_CA_CERTS: vcsim.caFile,
    GOVC_PERSIST_SESSION: 'false',
  };
  return await runToSuccess('sh', ['-e'], { environment, input: lines }, forever);
}
