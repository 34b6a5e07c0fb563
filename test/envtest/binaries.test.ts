import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/time/clock';
import { thisPlatform } from './binaries/cache-folder';
import { findBinaries } from './binaries/find-binaries';
import { goFailure } from './binaries/go-build';
import { withLock } from './binaries/lock';
import { silentProgress } from './binaries/progress';

/** Tools that the search and the fake go need. Their folder is the whole PATH, so that no real program is found. */
const TOOLS = ['sh', 'tar', 'gzip', 'chmod', 'mkdir'];
const FAKE_GO = `#!/bin/sh
echo "$*" >> "$FAKE_GO_LOG"
case "$1" in
  version) echo "go version go1.26.0"; exit 0;;
  build)
    [ -n "$FAKE_GO_STDERR" ] && { echo "$FAKE_GO_STDERR" >&2; exit 1; }
    while [ "$1" != -o ]; do shift; done
    echo built > "$2"; chmod +x "$2";;
esac
`;

let folder: string;
let bin: string;
let notes: string[];
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sandbox-binaries-'));
  bin = path.join(folder, 'bin');
  notes = [];
  await mkdir(bin);
  for (const tool of TOOLS) {
    await symlink(execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim(), path.join(bin, tool));
  }
  await aProgram(path.join(bin, 'go'), FAKE_GO);
  await aProgram(path.join(folder, 'my-vcsim'), 'mine');
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true });
});

async function aProgram(file: string, text: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  await chmod(file, 0o755);
  return file;
}

function find(environment: Record<string, string> = {}) {
  const all = {
    PATH: bin,
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    FAKE_GO_LOG: path.join(folder, 'go.log'),
    VM_OPERATOR_VCSIM: path.join(folder, 'my-vcsim'),
    VM_OPERATOR_ENVTEST_INDEX: 'off',
    ...environment,
  };
  const progress = { ...silentProgress, note: (text: string) => notes.push(text) };
  return findBinaries({ environment: all, clock: systemClock, progress }, new AbortController().signal);
}

async function builds(): Promise<readonly string[]> {
  const log = await readFile(path.join(folder, 'go.log'), 'utf8').catch(() => '');
  return log.split('\n').filter((line) => line.startsWith('build '));
}

async function cached(): Promise<readonly string[]> {
  return (await readdir(path.join(folder, 'cache', 'codeconnect-vm-operator')).catch(() => [])).toSorted();
}

/** Serves an envtest archive with the two programs, and an index with the given checksum for it. */
async function serveArchive(claim: (checksum: string) => string): Promise<string> {
  const inner = path.join(folder, 'archive', 'controller-tools', 'envtest');
  for (const name of ['kube-apiserver', 'etcd', 'kubectl']) await aProgram(path.join(inner, name), `prebuilt ${name}`);
  const file = path.join(folder, 'envtest.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', path.join(folder, 'archive'), 'controller-tools']);
  const archive = await readFile(file);
  const checksum = createHash('sha512').update(archive).digest('hex');
  const { goos, goarch } = thisPlatform();
  const running = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const entry = `    envtest-v1.36.2-${goos}-${goarch}.tar.gz:\n      hash: ${claim(checksum)}\n      selfLink: ${base}/archive`;
    response.end(request.url === '/archive' ? archive : `releases:\n  v1.36.2:\n${entry}\n`);
  });
  server = running;
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(running.address() as AddressInfo).port}/index.yaml`;
}

describe('findBinaries', () => {
  test('uses programs that the environment names before any others', async () => {
    const assets = path.join(folder, 'assets');
    for (const name of ['kube-apiserver', 'etcd']) await aProgram(path.join(assets, name), name);
    const own = await aProgram(path.join(folder, 'own-etcd'), 'own');
    expect(await find({ KUBEBUILDER_ASSETS: assets, TEST_ASSET_ETCD: own })).toEqual({
      kubeApiserver: path.join(assets, 'kube-apiserver'),
      etcd: own,
      vcsim: path.join(folder, 'my-vcsim'),
    });
    expect(await cached()).toEqual([]);
  });

  test.each(['TEST_ASSET_KUBE_APISERVER', 'TEST_ASSET_ETCD', 'KUBEBUILDER_ASSETS', 'VM_OPERATOR_VCSIM'])(
    'refuses a %s that names no program, instead of using another program',
    async (variable) => {
      await expect(find({ [variable]: '/not/there' })).rejects.toMatchObject({
        code: 'BinaryNotUsable',
        message: expect.stringMatching(new RegExp(`^${variable} names /not/there.*unset ${variable}`)),
      });
    },
  );

  test('uses a program of the PATH if it is new enough', async () => {
    await aProgram(path.join(bin, 'kube-apiserver'), '#!/bin/sh\necho Kubernetes v1.36.1');
    await aProgram(path.join(bin, 'etcd'), '#!/bin/sh\necho etcd Version: 3.2.1');
    const found = await find();
    expect(found.kubeApiserver).toBe(path.join(bin, 'kube-apiserver'));
    expect(found.etcd).toContain(path.join('codeconnect-vm-operator', 'etcd-v3.6.8-'));
  });

  test('builds missing programs into the cache, and finds them there the next time', async () => {
    const first = await find();
    expect(await readFile(first.etcd, 'utf8')).toBe('built\n');
    expect(await builds()).toHaveLength(2);
    expect((await builds())[1]).toContain('version.gitVersion=v1.36.3');
    expect(await find()).toEqual(first);
    expect(await builds()).toHaveLength(2);
  });

  test('two searches at the same time build once', async () => {
    const [one, two] = await Promise.all([find(), find()]);
    expect(one).toEqual(two);
    expect(await builds()).toHaveLength(2);
  });

  test('a failed build leaves nothing in the cache', async () => {
    await expect(find({ FAKE_GO_STDERR: 'main.go:1: syntax error' })).rejects.toMatchObject({ code: 'BuildFailed' });
    expect(await cached()).toEqual([]);
    await find();
    expect((await cached()).map((name) => name.split('-v')[0])).toEqual(['etcd', 'kube-apiserver']);
  });

  test('removes the files of a killed build, and none of what is made under another lock', async () => {
    const cache = path.join(folder, 'cache', 'codeconnect-vm-operator');
    for (const name of ['unfinished-servers-x', 'unfinished-govc-x'])
      await mkdir(path.join(cache, name, 'bin'), { recursive: true });
    await find();
    expect((await cached()).filter((name) => name.startsWith('unfinished'))).toEqual(['unfinished-govc-x']);
  });

  test('without Go says what to install, or which variables to set', async () => {
    await rm(path.join(bin, 'go'));
    await expect(find()).rejects.toMatchObject({
      code: 'GoMissing',
      message: expect.stringMatching(/install Go .*TEST_ASSET_KUBE_APISERVER/),
    });
  });
});

describe('the prebuilt download', () => {
  test('is used for both programs if its checksum is right, and nothing is built', async () => {
    const found = await find({ VM_OPERATOR_ENVTEST_INDEX: await serveArchive((checksum) => checksum) });
    expect(await readFile(found.kubeApiserver, 'utf8')).toBe('prebuilt kube-apiserver');
    expect(await readFile(found.etcd, 'utf8')).toBe('prebuilt etcd');
    expect(await builds()).toEqual([]);
    expect(await cached()).toHaveLength(1);
  });

  test('is removed if its checksum is wrong, with a note, and the programs are built', async () => {
    const found = await find({ VM_OPERATOR_ENVTEST_INDEX: await serveArchive(() => 'ab'.repeat(64)) });
    expect(await readFile(found.kubeApiserver, 'utf8')).toBe('built\n');
    expect(notes).toEqual([
      expect.stringMatching(/has the SHA-512 [0-9a-f]{128}, but the index says (ab){64}.*building/),
    ]);
    expect((await cached()).filter((name) => name.startsWith('envtest'))).toEqual([]);
  });

  test('is tried once only if nothing answers, and the programs are built', async () => {
    const found = await find({ VM_OPERATOR_ENVTEST_INDEX: 'http://127.0.0.1:9/index.yaml' });
    expect(await readFile(found.etcd, 'utf8')).toBe('built\n');
    expect(notes).toHaveLength(1);
  });
});

describe('withLock', () => {
  test('takes over the lock of a process that has ended', async () => {
    const file = path.join(folder, 'lock');
    // Larger than any process id of Linux and macOS.
    await writeFile(file, '99999999\n');
    const signal = new AbortController().signal;
    expect(
      await withLock(
        file,
        systemClock,
        () => expect.fail('waited'),
        async () => 'worked',
        signal,
      ),
    ).toBe('worked');
    expect(await readdir(folder)).not.toContain('lock');
  });

  test('waits for a running holder until the signal is aborted', async () => {
    const file = path.join(folder, 'lock');
    await writeFile(file, `${process.ppid}\n`);
    const stop = new AbortController();
    const onWait = (holder: number) => stop.abort(new Error(`gave up on ${holder}`));
    await expect(withLock(file, systemClock, onWait, async () => 'worked', stop.signal)).rejects.toThrow(
      `gave up on ${process.ppid}`,
    );
  });
});

test.each([
  ['GoTooOld', 'go: go.mod requires go >= 1.26.0 (running go 1.21.1; GOTOOLCHAIN=local)'],
  ['NoNetwork', 'go: k8s.io/api@v0.36.3: Get "https://proxy/": dial tcp: lookup proxy: no such host'],
  ['BuildFailed', 'main.go:12:2: undefined: x'],
])('a failure of go becomes %s: %s', (code, stderr) => {
  expect(goFailure(['build'], stderr)).toMatchObject({ code, message: expect.stringContaining(stderr) });
});
