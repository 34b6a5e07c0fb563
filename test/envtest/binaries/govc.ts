import { findGoTool } from './go-tool';
import { MODULES_FOLDER, PROGRAMS } from './program';

/** The commands of govc for roles and permissions, in the version of the simulator. */
const GOVC = {
  name: 'govc',
  package: './govc',
  version: PROGRAMS.vcsim.version,
  folder: MODULES_FOLDER,
  variable: 'VM_OPERATOR_GOVC',
} as const;

/** Path of govc, built once in some seconds. */
export function findGovc(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(GOVC, environment, signal);
}
