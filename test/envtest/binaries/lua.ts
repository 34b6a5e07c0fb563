import { findGoTool } from './go-tool';

/** The interpreter that Argo CD runs health checks with. */
const LUA = {
  name: 'glua',
  package: 'github.com/yuin/gopher-lua/cmd/glua',
  version: 'v1.1.1',
  variable: 'VM_OPERATOR_LUA',
} as const;

/** Path of a Lua interpreter, built once in half a minute. */
export function findLua(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(LUA, environment, signal);
}
