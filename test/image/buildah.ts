import { mkdir, mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../envtest/binaries/cache-folder';
import { type CommandOptions, runCommand, runToSuccess } from '../envtest/run-command';
import { SandboxError } from '../envtest/sandbox-error';

/** A container of buildah: a file system that can be changed, made of an image or of nothing. */
export interface Container {
  readonly id: string;
  /** Its root folder on this machine. */
  readonly folder: string;
}

/**
 * buildah with a storage of its own, so that images of the user are neither used nor changed. vfs keeps each layer as a
 * whole folder: it costs space, and works wherever folders do. It needs no daemon, and as another user than root
 * newuidmap with ranges in /etc/subuid and /etc/subgid.
 */
export class Buildah {
  private constructor(
    private readonly storage: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Rejects with ProgramMissing if there is no buildah. */
  static async open(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Buildah> {
    await runToSuccess('buildah', ['--version'], {}, signal).catch((cause) => {
      const remedy = 'install it, on Debian and Ubuntu by `apt-get install buildah`';
      throw new SandboxError('ProgramMissing', `no buildah on the PATH: ${remedy}`, { cause });
    });
    const cache = cacheFolder(environment);
    await mkdir(cache, { recursive: true });
    return new Buildah(await mkdtemp(path.join(cache, 'unfinished-image-')), signal);
  }

  /** Standard output. Rejects with CommandFailed. */
  run(command: string, ...args: readonly string[]): Promise<string> {
    return this.runWith({}, command, ...args);
  }

  async runWith(options: CommandOptions, command: string, ...args: readonly string[]): Promise<string> {
    return (await runToSuccess('buildah', [...this.flags(), command, ...args], options, this.signal)).trim();
  }

  /** A new container of an image, such as `docker-archive:FILE`, or of `scratch`. */
  async from(image: string): Promise<Container> {
    const id = await this.run('from', image);
    const mount = ['buildah', ...this.flags(), 'mount', id];
    return { id, folder: (await this.asRoot(mount)).trim() };
  }

  /** Runs a command as root, or as the root of the user's own namespace, which owns the files of containers. */
  asRoot(command: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<string> {
    const [program = '', ...args] = asRoot(command);
    return runToSuccess(program, args, { environment }, this.signal);
  }

  /** Removes the storage with all that is in it. */
  async close(): Promise<void> {
    const [program = '', ...args] = asRoot(['rm', '-rf', this.storage]);
    await runCommand(program, args, {}, new AbortController().signal);
  }

  private flags(): readonly string[] {
    const { storage } = this;
    return ['--storage-driver', 'vfs', '--root', path.join(storage, 'root'), '--runroot', path.join(storage, 'run')];
  }
}

/** The command as root: as it is, or in a user namespace. */
export function asRoot(command: readonly string[]): readonly string[] {
  return process.getuid?.() === 0 ? command : ['buildah', 'unshare', ...command];
}
