/**
 * The image, built of the Dockerfile and run by runc as the Deployment says, on real parts: `npm run test:image`. With
 * IMAGE_ARCHIVE it takes an image that another builder has made, as `docker save` writes it.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { version } from '../../package.json';
import { buildImage } from '../image/build-image';
import { Buildah } from '../image/buildah';
import { type ImageSize, megabytes } from '../image/image-size';
import type { RuntimeConfig } from '../image/runtime-config';
import { buildIfDue } from './command';
import { holderOfLease, podOf, runPod, type UnpackedImage, untilReady } from './deployed-pod';
import { Installation } from './installation';
import { isThere, missing } from './language-packages';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const REPOSITORY = path.join(__dirname, '..', '..');
const USER = 65532;
/** Folders with programs: a shell, the tools of Debian, npm. */
const PROGRAMS = ['usr/bin', 'usr/sbin', 'usr/lib/apt', 'usr/local/lib/node_modules', 'usr/local/bin/npm'];

/** What a container of the Deployment must not do, and how that fails. */
const FORBIDDEN = {
  "require('node:fs').writeFileSync('/var/file', '')": 'EROFS',
  "require('node:fs').writeFileSync('/tmp/file', '')": 'EROFS',
  "require('node:fs').readFileSync('/etc/shadow')": 'EACCES',
  'process.setuid(1000)': 'EPERM',
} as const;

let lacks: string | undefined;
let buildah: Buildah;
let archive: string;
/** Undefined for an image that somebody else has built. */
let size: ImageSize | undefined;

beforeAll(async () => {
  lacks = await lacking();
  if (lacks !== undefined) {
    process.stderr.write(`The image is not tested here: no ${lacks}\n`);
    return;
  }
  await buildIfDue();
  const folder = await mkdtemp(path.join(tmpdir(), 'built-image-'));
  archive = process.env.IMAGE_ARCHIVE ?? path.join(folder, 'image.tar');
  if (process.env.IMAGE_ARCHIVE === undefined)
    ({ size } = await buildImage(archive, process.env, (line) => process.stderr.write(`${line}\n`), forever));
  buildah = await Buildah.open(process.env, forever);
  return async () => {
    await buildah.close();
    await rm(folder, { recursive: true, force: true });
  };
});

beforeEach((context) => {
  if (lacks !== undefined) missing(lacks, context);
});

/** What this machine has not got, for `missing`. */
async function lacking(): Promise<string | undefined> {
  for (const program of ['buildah', 'runc'])
    if (!(await isThere(program, '--version')))
      return `${program}: on Debian, apt-get install buildah runc debootstrap`;
  return process.getuid?.() === 0 ? undefined : 'right to start containers: run this as root';
}

async function unpackedImage(): Promise<UnpackedImage> {
  const { id, folder } = await buildah.from(`docker-archive:${archive}`);
  const { Docker } = JSON.parse(await buildah.run('inspect', id));
  return { folder, config: Docker.config };
}

/** Every file with its size and the time of its last change, of its content or of its rights. */
async function filesOf(root: string): Promise<readonly string[]> {
  const format = '%P %y %s %T@ %C@\\n';
  return (await buildah.asRoot(['find', root, '-mindepth', '1', '-printf', format])).trim().split('\n').sort();
}

/** The same container with another program, which Node runs from its command line. */
function withScript(config: RuntimeConfig, script: string): RuntimeConfig {
  return { ...config, process: { ...config.process, args: ['node', '-e', script] } };
}

/** The same container where the root folder can be written, and as root with the usual capabilities. */
function asUsual(config: RuntimeConfig): RuntimeConfig {
  const all = ['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_SETUID', 'CAP_SETGID'];
  const capabilities = { bounding: all, effective: all, permitted: all, inheritable: [], ambient: [] };
  const user = { uid: 0, gid: 0, additionalGids: [] };
  const root = { ...config.root, readonly: false };
  return { ...config, root, process: { ...config.process, user, capabilities } };
}

describe('the built image', () => {
  test('runs as the Deployment says, brings a VmGroup to RUNNING, and ends at SIGTERM with the Lease free', async () => {
    const here = await Installation.start(binaries);
    const deployed = await podOf(here, await unpackedImage());
    expect(deployed.container.image.endsWith(`:${version}`)).toBe(true);
    const pod = await runPod(deployed.config);
    await untilReady(here, pod, deployed);
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    for (const probe of [deployed.container.livenessProbe.httpGet.path, '/readyz'])
      expect((await fetch(`${deployed.probesUrl}${probe}`)).status, probe).toBe(200);

    // As the kernel sees it, not as it was asked for.
    const processFolder = `/proc/${await pod.processId(forever)}`;
    const status = await readFile(`${processFolder}/status`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
    for (const ids of ['Uid', 'Gid']) expect(field(ids), ids).toBe(Array(4).fill(USER).join('\t'));
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) expect(field(set), set).toBe('0'.repeat(16));
    expect(field('NoNewPrivs')).toBe('1');
    // 2: a filter is set. A machine without a default profile has none.
    expect(field('Seccomp')).toBe(deployed.config.linux.seccomp === undefined ? '0' : '2');
    const mounts = (await readFile(`${processFolder}/mounts`, 'utf8')).split('\n').map((line) => line.split(' '));
    const writable = mounts.filter(([, , type, options]) => type === 'ext4' && !options?.startsWith('ro,'));
    expect(mounts.find(([, place]) => place === '/')?.[3]).toMatch(/^ro,/);
    expect(writable).toEqual([]);
    expect(deployed.container.resources.limits.memory).toBe('256Mi');
    expect(await pod.memoryLimitBytes(forever)).toBe(256 * 1024 ** 2);

    pod.kill('SIGTERM');
    expect(await pod.ended).toBe('exit code 0');
    expect(await holderOfLease(here)).toBe('');
    expect(await here.machinesOf('web')).toHaveLength(2);
  });

  test('needs no shell and no npm, and writes no file, even where every file is its own', async () => {
    const here = await Installation.start(binaries);
    const image = await unpackedImage();
    for (const name of PROGRAMS) await rm(path.join(image.folder, name), { recursive: true });
    const deployed = await podOf(here, image);
    const config = { ...deployed.config, root: { path: image.folder, readonly: false } };
    // A first program, so that the folders to mount upon are there.
    const first = await runPod(withScript(config, ''));
    expect(await first.ended, first.log.last(5)).toBe('exit code 0');
    await buildah.asRoot(['chown', '-R', `${USER}:${USER}`, image.folder]);
    const before = await filesOf(image.folder);

    const pod = await runPod(config);
    await untilReady(here, pod, deployed);
    await here.apply('web', { replicas: 1 });
    await here.untilRunning('web', 1);
    pod.kill('SIGTERM');
    expect(await pod.ended).toBe('exit code 0');
    expect(await filesOf(image.folder)).toEqual(before);
  });

  test('is run so that a program in it that writes a file or needs a right of root fails', async () => {
    const here = await Installation.start(binaries);
    const { config } = await podOf(here, await unpackedImage());
    for (const [script, code] of Object.entries(FORBIDDEN)) {
      const refused = await runPod(withScript(config, script));
      expect(await refused.ended, script).toBe('exit code 1');
      expect(refused.log.last(20)).toContain(`code: '${code}'`);
      // The same is no failure in a container that may do it.
      const allowed = await runPod(withScript(asUsual(config), script));
      expect(await allowed.ended, allowed.log.last(20)).toBe('exit code 0');
    }
  });

  test('has the program of this checkout and nothing of its build, and says what it is', async () => {
    const { folder: root, config } = await unpackedImage();
    expect([config.User, config.Cmd]).toEqual([`${USER}:${USER}`, ['run']]);
    expect(config.Labels).toMatchObject({ 'org.opencontainers.image.title': 'codeconnect-vm-operator' });
    const environment = config.Env.map((line) => line.replace(/=.*/, ''));
    expect(environment.filter((name) => /npm|proxy|token|registry|cert/i.test(name))).toEqual([]);
    const there = async (file: string) => (await stat(path.join(root, file)).catch(() => undefined)) !== undefined;
    for (const file of ['src', 'root/.npmrc', 'root/.npm', 'run/npm-certificates.pem'])
      expect(await there(file), file).toBe(false);
    const documents = await readdir(path.join(root, 'usr/share/doc/vm-operator'));
    expect(documents.sort()).toEqual(['vm-operator.cdx.json', 'vm-operator.js.LEGAL.txt']);
    const built = await readFile(path.join(REPOSITORY, 'lib', 'vm-operator.js'), 'utf8');
    expect(await readFile(path.join(root, 'usr/local/bin/vm-operator'), 'utf8')).toBe(built);
  });

  test('is as large as docs/operating.md says', async (context) => {
    if (size === undefined) return context.skip('another builder made the image');
    const page = await readFile(path.join(REPOSITORY, 'docs', 'operating.md'), 'utf8');
    const sentence = /some (\d+) MB to pull and (\d+) MB on a node, of which the operator is (\d+(?:\.\d)?) MB/;
    const [, ...told] = sentence.exec(page.replace(/\s+/g, ' ')) ?? [];
    const now = [size.compressedBytes, size.unpackedBytes, size.addedBytes];
    // A fifth, because images of Node with Debian's packages differ by as much.
    const right = now.map((bytes, index) => Math.abs(Number(told[index]) * 1_000_000 - bytes) < bytes / 5);
    expect(right, `docs/operating.md says ${told}, and it is ${now.map(megabytes)}`).toEqual([true, true, true]);
  });
});
