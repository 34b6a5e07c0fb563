/**
 * Tests the Dockerfile where there is no builder of images: its steps run one by one in a folder. Then the program of the
 * image is started as its user, without the right to write files, and must answer its probes. With a builder:
 * built-image.test.ts.
 */
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { REPOSITORY } from '../demo/show/product';
import { serviceAccountKubeconfig } from '../envtest/real-parts';
import { freePort } from '../envtest/real-parts/free-port';
import { runToSuccess } from '../envtest/run-command';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;

interface Step {
  readonly instruction: string;
  readonly value: string;
}

/** A stage of the Dockerfile, from one FROM to the next. */
interface Stage {
  readonly image: string;
  readonly steps: readonly Step[];
}

test('the Dockerfile makes an image that runs as its user, writes no file and answers its probes', async () => {
  const [build, image] = stagesOf(await readFile(path.join(REPOSITORY, 'Dockerfile'), 'utf8'));
  if (build === undefined || image === undefined) throw new Error('the Dockerfile has less than two stages');
  // The same Node image builds and runs it.
  expect(build.image).toBe(`${image.image} AS build`);

  const root = await mkdtemp(path.join(tmpdir(), 'image-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const buildRoot = path.join(root, 'build');
  const imageRoot = path.join(root, 'image');
  await run(build, REPOSITORY, buildRoot);
  await run(image, buildRoot, imageRoot);

  const [user, group] = argumentOf(image, 'USER').split(':').map(Number);
  const [node, ...entry]: string[] = JSON.parse(argumentOf(image, 'ENTRYPOINT'));
  const at = entry.findIndex((argument) => argument.startsWith('/'));
  const [nodeFlags, program = '', entryArguments] = [entry.slice(0, at), entry[at], entry.slice(at + 1)];
  const command: string[] = JSON.parse(argumentOf(image, 'CMD'));
  expect(node).toBe('node');
  expect({ user, group }).toEqual({ user: 65532, group: 65532 });
  expect((await stat(path.join(imageRoot, program))).size).toBeLessThan(4_000_000);

  const here = await Installation.start(binaries);
  const files = path.join(root, 'files');
  await mkdir(files);
  const account = { namespace: here.facts.namespace, name: here.facts.serviceAccount };
  const given = {
    kubeconfig: await readFile(await serviceAccountKubeconfig(here.server, account, forever), 'utf8'),
    'vc-ca.pem': await readFile(here.vcsim.caFile, 'utf8'),
    VC_HOST: here.vcsim.host,
    VC_USER: here.vcsim.user,
    VC_PASS: here.vcsim.password,
  };
  for (const [name, text] of Object.entries(given)) await writeFile(path.join(files, name), text, { mode: 0o444 });
  for (const folder of [root, files, imageRoot]) await chmod(folder, 0o755);

  const [metrics, probes] = [await freePort(), await freePort()];
  const isRoot = process.getuid?.() === 0;
  const operator = spawn(
    process.execPath,
    [
      // It may only read files, as with a read-only root file system.
      ...[
        ...nodeFlags,
        '--permission',
        '--allow-fs-read=*',
        path.join(imageRoot, program),
        ...entryArguments,
        ...command,
      ],
      ...[`--metrics-bind-address=127.0.0.1:${metrics}`, `--health-probe-bind-address=127.0.0.1:${probes}`],
    ],
    {
      cwd: imageRoot,
      env: {
        NODE_ENV: 'production',
        KUBECONFIG: path.join(files, 'kubeconfig'),
        VC_CREDENTIALS_DIR: files,
        VC_CA_FILE: path.join(files, 'vc-ca.pem'),
      },
      // Only root may start a process as another user.
      ...(isRoot ? { uid: user, gid: group } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  for (const stream of [operator.stdout, operator.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => operator.on('exit', resolve));
  onTestFinished(() => {
    operator.kill('SIGKILL');
  });
  const answers = async () =>
    Promise.all(
      ['/healthz', '/readyz?exclude=vcenter', '/readyz'].map(async (probe) => {
        const answer = await fetch(`http://127.0.0.1:${probes}${probe}`).catch(() => undefined);
        return answer?.status ?? 0;
      }),
    );
  await here.until('all probes answer 200', async () => {
    if (operator.exitCode !== null) throw new Error(`the operator ended with ${operator.exitCode}:\n${log}`);
    const statuses = await answers();
    return statuses.every((status) => status === 200) ? [] : [`${statuses}\n${log}`];
  });
  operator.kill('SIGUSR1');
  operator.kill('SIGTERM');
  expect(await ended, log).toBe(0);
  expect(log).not.toContain('Debugger');
}, 600_000);

/** Runs the steps COPY and RUN of a stage. COPY reads from the folder `from`; `root` is the root folder of the image. */
async function run(stage: Stage, from: string, root: string): Promise<void> {
  let workFolder = root;
  for (const { instruction, value } of stage.steps) {
    switch (instruction) {
      case 'WORKDIR':
        workFolder = path.join(root, value);
        await mkdir(workFolder, { recursive: true });
        break;
      case 'COPY': {
        const parts = value.split(/\s+/).filter((part) => !part.startsWith('--from='));
        const target = parts.pop() ?? '.';
        for (const part of parts) {
          const base = path.isAbsolute(target) ? path.join(root, target) : path.join(workFolder, target);
          await cp(path.join(from, part), target.endsWith('/') ? path.join(base, path.basename(part)) : base, {
            recursive: true,
            // The same as in .dockerignore.
            filter: (file) => !file.endsWith('.test.ts'),
          });
        }
        break;
      }
      case 'RUN':
        await runToSuccess('sh', ['-c', value], { cwd: workFolder }, forever);
        break;
      case 'ENV':
      case 'LABEL':
      case 'USER':
      case 'ENTRYPOINT':
      case 'CMD':
        break;
      default:
        throw new Error(`this test does not know ${instruction} of the Dockerfile: add it there`);
    }
  }
}

function stagesOf(text: string): readonly Stage[] {
  const lines = text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('ARG '));
  const steps = lines.map((line): Step => {
    const [instruction = '', ...rest] = line.trim().split(/\s+/);
    return { instruction, value: rest.join(' ') };
  });
  const stages: { image: string; steps: Step[] }[] = [];
  for (const step of steps) {
    if (step.instruction === 'FROM') stages.push({ image: step.value, steps: [] });
    else stages.at(-1)?.steps.push(step);
  }
  return stages;
}

function argumentOf({ steps }: Stage, instruction: string): string {
  const found = steps.find((step) => step.instruction === instruction);
  if (found === undefined) throw new Error(`the Dockerfile has no ${instruction}`);
  return found.value;
}
