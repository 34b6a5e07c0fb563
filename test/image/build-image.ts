import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { containerImage, version } from '../../package.json';
import { runCommand, runToSuccess } from '../envtest/run-command';
import { SandboxError } from '../envtest/sandbox-error';
import { findBaseImage } from './base-image';
import { Buildah } from './buildah';
import { compressedBytes, type ImageSize } from './image-size';
import { npmSettingsFlags } from './npm-settings';

export const REPOSITORY = path.join(__dirname, '..', '..');
/** The name that manifests have by default. */
export const IMAGE_NAME = `${containerImage}:${version}`;
const NODE = path.join(REPOSITORY, 'node_modules', 'node', 'bin', 'node');

export interface BuiltImage {
  /** A file that `docker load`, `kind load image-archive`, `ctr images import` and skopeo take. */
  readonly archive: string;
  readonly name: string;
  /** Where the Node image comes from, in words. */
  readonly base: string;
  readonly size: ImageSize;
}

/**
 * Builds the Dockerfile of this checkout with buildah, and writes the image to an archive.
 * Rejects with ProgramMissing without buildah, and with CommandFailed when a step fails.
 */
export async function buildImage(
  archive: string,
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<BuiltImage> {
  const buildah = await Buildah.open(environment, signal);
  const settings = await mkdtemp(path.join(tmpdir(), 'npm-settings-'));
  try {
    const base = await findBaseImage(buildah, {
      given: environment.NODE_IMAGE === '' ? undefined : environment.NODE_IMAGE,
      usual: usualNodeImage(await readFile(path.join(REPOSITORY, 'Dockerfile'), 'utf8')),
      node: NODE,
      npm: await npmFolder(environment, signal),
      say,
    });
    say(`Building ${IMAGE_NAME} on ${base.name} (${base.origin}).`);
    await buildah.runWith(
      { cwd: REPOSITORY, environment, onErrorLine: () => undefined },
      ...['bud', '--isolation=chroot', '--format=docker', '--pull-never', `--timestamp=${await sourceDate(signal)}`],
      ...[`--build-arg=NODE_IMAGE=${base.name}`, ...(await npmSettingsFlags(settings, environment, signal))],
      ...[`--tag=${IMAGE_NAME}`, '.'],
    );
    await mkdir(path.dirname(archive), { recursive: true });
    await rm(archive, { force: true });
    await buildah.run('push', '--quiet', IMAGE_NAME, `docker-archive:${archive}:${IMAGE_NAME}`);
    return {
      archive,
      name: IMAGE_NAME,
      base: `${base.name}, ${base.origin}`,
      size: await sizeOf(buildah, archive, base.name),
    };
  } finally {
    await rm(settings, { recursive: true, force: true });
    await buildah.close();
  }
}

/** The default of `NODE_IMAGE`. */
export function usualNodeImage(dockerfile: string): string {
  const [, image] = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile) ?? [];
  if (image === undefined) throw new SandboxError('CommandFailed', 'the Dockerfile has no line ARG NODE_IMAGE=IMAGE');
  return image;
}

/**
 * The time of the last commit, in seconds since 1970, as the release takes it: https://reproducible-builds.org/docs/source-date-epoch.
 * 0 in a checkout without Git.
 */
async function sourceDate(signal: AbortSignal): Promise<string> {
  const log = await runCommand('git', ['log', '-1', '--format=%ct'], { cwd: REPOSITORY }, signal).catch(
    () => undefined,
  );
  return log?.exitCode === 0 && log.stdout.trim() !== '' ? log.stdout.trim() : '0';
}

/** The package of the npm of this machine. npm itself knows best, for what is on the PATH may be a script that finds it. */
async function npmFolder(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const ask = ['exec', '--call', 'node --print process.env.npm_execpath'];
  const program = (await runToSuccess('npm', ask, { cwd: REPOSITORY, environment }, signal)).trim();
  return path.resolve(program, '..', '..');
}

async function sizeOf(buildah: Buildah, archive: string, base: string): Promise<ImageSize> {
  const bytesOf = async (image: string) => {
    const { folder } = await buildah.from(image);
    const [bytes] = (await buildah.asRoot(['du', '--summarize', '--apparent-size', '--block-size=1', folder])).split(
      '\t',
    );
    return Number(bytes);
  };
  const unpackedBytes = await bytesOf(IMAGE_NAME);
  if ((await stat(archive)).size < unpackedBytes / 2)
    throw new SandboxError('CommandFailed', `${archive} does not hold the whole image`);
  return {
    unpackedBytes,
    compressedBytes: await compressedBytes(archive),
    addedBytes: unpackedBytes - (await bytesOf(base)),
  };
}
