import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { runToSuccess } from '../run-command';
import { SandboxError } from '../sandbox-error';
import { cacheFolder, isExecutable, thisPlatform } from './cache-folder';
import { withLock } from './lock';

export const HELM_VERSION = 'v3.22.0';

/**
 * Path of Helm. It is the program that VM_OPERATOR_HELM names, or one that is built from its Go module into the cache,
 * which takes three minutes once. Helm of the PATH is not used, because versions render charts differently.
 */
export async function findHelm(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const given = environment.VM_OPERATOR_HELM;
  if (given !== undefined && given !== '') {
    if (await isExecutable(given)) return path.resolve(given);
    throw new SandboxError('BinaryNotUsable', `VM_OPERATOR_HELM names ${given}, which is not an executable file`);
  }
  const cache = cacheFolder(environment);
  const { goos, goarch } = thisPlatform();
  const folder = path.join(cache, `helm-${HELM_VERSION}-${goos}-${goarch}`);
  const helm = path.join(folder, 'helm');
  const build = async () => {
    if (await isExecutable(helm)) return;
    const work = await mkdtemp(path.join(cache, 'unfinished-helm-'));
    try {
      const goEnvironment = { ...environment, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '', GOBIN: work };
      const args = ['install', '-trimpath', '-ldflags', '-s -w', `helm.sh/helm/v3/cmd/helm@${HELM_VERSION}`];
      await runToSuccess('go', args, { environment: goEnvironment }, signal);
      await rename(work, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };
  await mkdir(cache, { recursive: true });
  await withLock(path.join(cache, 'helm.lock'), systemClock, () => {}, build, signal);
  return helm;
}
