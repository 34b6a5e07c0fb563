import { access, chmod, copyFile, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { lastLines, runCommand } from '../envtest/run-command';
import { messageOf, SandboxError } from '../envtest/sandbox-error';
import type { Buildah } from './buildah';

/** The release of Debian on which the image `node:24-slim` stands. */
const SUITE = 'bookworm';
/** debootstrap takes nothing that Debian has not signed. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** What Debian's slim images leave out. The licence texts in usr/share/doc stay. */
const NOT_IN_AN_IMAGE = [
  ...['usr/share/man', 'usr/share/info', 'usr/share/locale', 'usr/share/lintian'],
  ...['var/cache/apt', 'var/lib/apt/lists', 'var/cache/debconf', 'var/log/bootstrap.log'],
];

export interface BaseImage {
  /** For `NODE_IMAGE` of the Dockerfile. */
  readonly name: string;
  /** Where it comes from, in words. */
  readonly origin: string;
}

export interface BaseImageWishes {
  /** An image that somebody asks for. It must be there. */
  readonly given: string | undefined;
  /** The default of the Dockerfile. If it cannot be pulled, another takes its place. */
  readonly usual: string;
  /** Program and folder of npm that an assembled image gets. */
  readonly node: string;
  readonly npm: string;
  readonly say: (line: string) => void;
}

/**
 * An image with Node and npm: the one that is asked for, or the Dockerfile's, or one of Debian's packages.
 * Rejects with CommandFailed if the one asked for cannot be pulled, or Debian's packages cannot be had.
 */
export async function findBaseImage(buildah: Buildah, wishes: BaseImageWishes): Promise<BaseImage> {
  const { given, usual, say } = wishes;
  if (given !== undefined) {
    await buildah.run('pull', given);
    return { name: given, origin: 'as NODE_IMAGE asks for' };
  }
  try {
    await buildah.run('pull', usual);
    return { name: usual, origin: 'the default of the Dockerfile' };
  } catch (error) {
    say(`${usual} cannot be pulled: ${messageOf(error).split('\n').at(-1)}`);
    say(`Assembling an image of Debian ${SUITE} and the Node of this checkout. It takes a minute.`);
    return assemble(buildah, wishes);
  }
}

/** Where this machine has Debian's packages from. Undefined where it is no Debian: debootstrap knows a mirror itself. */
async function debianMirror(): Promise<string | undefined> {
  const targets = ['indextargets', '--format', '$(REPO_URI)', `Release: ${SUITE}`, 'Component: main'];
  const answer = await runCommand('apt-get', targets, {}, new AbortController().signal).catch(() => undefined);
  return /^https?:\S+/m.exec(answer?.stdout ?? '')?.[0];
}

async function assemble(buildah: Buildah, { node, npm }: BaseImageWishes): Promise<BaseImage> {
  if (process.getuid?.() !== 0)
    throw new SandboxError('CommandFailed', 'debootstrap works as root only: run this as root, or give NODE_IMAGE');
  await access(KEYRING).catch((cause) => {
    const remedy = 'install debootstrap and debian-archive-keyring, or give NODE_IMAGE';
    throw new SandboxError('ProgramMissing', `no ${KEYRING}: ${remedy}`, { cause });
  });
  const container = await buildah.from('scratch');
  const inside = (...names: string[]) => path.join(container.folder, ...names);
  const mirror = await debianMirror();
  const debootstrap = ['debootstrap', '--variant=minbase', `--keyring=${KEYRING}`];
  const command = [...debootstrap, SUITE, container.folder, ...(mirror === undefined ? [] : [mirror])];
  await buildah.asRoot(command).catch(async (cause) => {
    // It goes with the storage, and alone says why.
    const log = await readFile(inside('debootstrap', 'debootstrap.log'), 'utf8').catch(() => messageOf(cause));
    throw new SandboxError('CommandFailed', `debootstrap of Debian ${SUITE} failed:\n${lastLines(log, 15)}`, { cause });
  });
  for (const name of NOT_IN_AN_IMAGE) await rm(inside(name), { recursive: true, force: true });
  // dpkg and apt do not make their folders again.
  for (const name of ['var/cache/apt/archives/partial', 'var/lib/apt/lists/partial'])
    await mkdir(inside(name), { recursive: true });

  // The same places as in the official image.
  await copyFile(node, inside('usr/local/bin/node'));
  await chmod(inside('usr/local/bin/node'), 0o755);
  const modules = inside('usr/local/lib/node_modules');
  await mkdir(modules, { recursive: true });
  await buildah.asRoot(['cp', '-r', '--no-preserve=ownership', npm, path.join(modules, 'npm')]);
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', inside('usr/local/bin/npm'));
  await symlink('../lib/node_modules/npm/bin/npx-cli.js', inside('usr/local/bin/npx'));

  const name = `localhost/node-on-debian:${SUITE}`;
  const searched = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  await buildah.run('config', '--env', searched, container.id);
  await buildah.run('commit', '--quiet', '--rm', '--format', 'docker', container.id, name);
  return { name, origin: `Debian ${SUITE} without its security updates, and the Node of this checkout` };
}
