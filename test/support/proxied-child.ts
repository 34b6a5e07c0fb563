/** Runs `call-through-proxy.ts` in a process that was told to verify no certificate. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ProxiedCall } from './call-through-proxy';

const ROOT = path.join(__dirname, '..', '..');

/** What it printed. `proxy` is the URL of HTTPS_PROXY; absent: none. */
export async function callFromUnverifyingProcess(what: ProxiedCall, proxy?: string): Promise<string> {
  const { PATH = '' } = process.env;
  const env = { PATH, NODE_TLS_REJECT_UNAUTHORIZED: '0', ...(proxy === undefined ? {} : { HTTPS_PROXY: proxy }) };
  const args = ['--import', 'tsx', path.join(__dirname, 'call-through-proxy.ts'), JSON.stringify(what)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, cwd: ROOT });
  return stdout;
}
