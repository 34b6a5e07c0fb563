/** A release is built from what the repository names, and what may publish runs no code of other people. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES } from '../../docs/assembly';
import { ROOT } from './command';

const FOLDER = '.github/workflows';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const workflows = readdirSync(join(ROOT, FOLDER)).map((file) => {
  const text = textOf(`${FOLDER}/${file}`);
  const workflow: Workflow = parse(text);
  return { file, text, workflow };
});

describe.each(workflows)('workflow $file', ({ text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const runsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run?.trim().split('\n') ?? []);

  test('each job waits for the tests, and each file that it names is there', () => {
    for (const [name] of jobs) expect(needed(workflow, name), name).toContain('test');
    expect(jobs.flatMap(([, job]) => runsOf(job))).toContain('.ci/run');
    for (const named of ['.ci/run', 'CHANGELOG.md', 'Dockerfile'])
      expect(existsSync(join(ROOT, named)), named).toBe(true);
  });

  test('every action is pinned by a commit, with its version beside it, and each action by one commit', () => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(uses).not.toEqual([]);
    for (const line of uses) expect(line.trim()).toMatch(/^- uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    const pins = new Set(uses.map((line) => line.trim()));
    const actions = new Set([...pins].map((line) => line.replace(/@.*/, '')));
    expect([...pins]).toHaveLength(actions.size);
  });

  test('each job has one right and no other: to read the repository, or to publish in one place', () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, { permissions }] of jobs) {
      const rights = Object.entries(permissions ?? {}).map(([right, access]) => `${right}: ${access}`);
      expect(rights, name).toHaveLength(1);
      expect(rights[0], name).toMatch(/^(contents: read|(contents|packages|id-token): write)$/);
    }
  });

  test('a job that may publish checks out nothing, installs nothing and runs no script of a package', () => {
    const publishers = jobs.filter(([, { permissions }]) => Object.values(permissions ?? {}).includes('write'));
    expect(publishers).not.toEqual([]);
    for (const [name, job] of publishers) {
      expect(job.steps.map(({ uses }) => uses ?? '').join(), name).not.toMatch(/actions\/(checkout|cache)@/);
      for (const line of runsOf(job).filter((line) => /\b(npm|npx|pnpm|yarn|node|corepack)\b/.test(line)))
        expect(line, name).toMatch(/^npm publish --ignore-scripts /);
    }
  });

  test('what is published is built without install scripts and without a cache', () => {
    const { build } = workflow.jobs;
    const installs = runsOf(build ?? { steps: [] }).filter((line) => /\bnpm (ci|i|install|add)\b/.test(line));
    expect(installs).toEqual([expect.stringContaining('npm ci --ignore-scripts')]);
    expect(JSON.stringify(build?.steps)).not.toMatch(/actions\/cache@|"cache":/);
  });

  test('the packages for other languages are built of what `npm run packages` writes, and each goes out', () => {
    const { build, pypi, github } = workflow.jobs;
    const built = runsOf(build ?? { steps: [] }).join('\n');
    expect(built).toContain('npm run packages\n');
    const made = {
      python: 'release/pypi',
      java: 'lib/packages/java/target/*.jar release/assets/',
      go: 'release/assets/',
    };
    expect(Object.keys(made)).toEqual([...LANGUAGES]);
    for (const [language, place] of Object.entries(made)) {
      expect(built).toMatch(new RegExp(`lib/packages/${language}\\b`));
      expect(built).toContain(place);
    }
    expect(existsSync(join(ROOT, /--requirement (\S+)/.exec(built)?.[1] ?? 'none'))).toBe(true);
    expect(pypi?.permissions).toEqual({ 'id-token': 'write' });
    expect(pypi?.steps.at(-1)).toMatchObject({ with: { 'packages-dir': 'release/pypi' } });
    expect(runsOf(github ?? { steps: [] }).join()).toContain('release/assets/*');
  });

  test('no checkout leaves its token behind, and no shell line contains an expression', () => {
    for (const [name, job] of jobs) {
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')))
        expect(step.with, name).toMatchObject({ 'persist-credentials': false });
      // An expression is put into the script as it is. An environment variable is not.
      expect(runsOf(job).join('\n'), name).not.toContain('${{');
    }
  });

  test('what is published names the image that is pushed', () => {
    const written = runsOf(workflow.jobs.build ?? { steps: [] }).flatMap((line) =>
      [...line.matchAll(/npm pkg set "containerImage=([^"]+)"/g)].map(([, image]) => image),
    );
    const pushed = runsOf(workflow.jobs.image ?? { steps: [] }).join('\n');
    expect(written).toHaveLength(1);
    expect(pushed).toContain(`echo "image=${written[0]}" >>`);
    expect(text).toMatch(/steps\.name\.outputs\.image }}:\$\{\{ steps\.name\.outputs\.version }}$/m);
    // Written before anything is made from it.
    const steps = JSON.stringify(workflow.jobs.build?.steps);
    expect(steps.indexOf('containerImage=')).toBeLessThan(steps.indexOf('npm pack'));
    expect(steps).not.toContain('VM_OPERATOR_IMAGE');
  });

  test('alerts of a release lead to the pages of its version', () => {
    const steps = JSON.stringify(workflow.jobs.build?.steps);
    const written = steps.indexOf('documentation=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/blob/$GITHUB_REF_NAME/docs');
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(steps.indexOf('npm pack'));
  });

  test('the image is made of built files: they stand for every stage that runs commands', () => {
    const stages = textOf('Dockerfile')
      .split(/^FROM /m)
      .slice(1);
    const last = stages.pop() ?? '';
    expect(last).not.toMatch(/^RUN /m);
    const builds = jobs.flatMap(([, { steps }]) => steps).filter(({ uses }) => uses?.includes('/build-push-action@'));
    expect(builds).toHaveLength(1);
    const given = String(builds[0]?.with?.['build-contexts']).split('\n');
    const named = stages.map((stage) => /^\S+ AS (\S+)/.exec(stage)?.[1]);
    expect(given.map((context) => context.split('=')[0])).toEqual(named);
    const copied = [...last.matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, files = '']) => files.split(/\s+/));
    expect(copied).not.toEqual([]);
    const packed = runsOf(workflow.jobs.build ?? { steps: [] }).join(' ');
    for (const file of copied) expect(packed.split(/\s+/)).toContain(file.replace('/src/', ''));
  });

  test('the image is for both processors, of a Node by its digest, tells its source, and has bills of materials', () => {
    const [build] = (workflow.jobs.image?.steps ?? []).filter(({ uses }) => uses?.includes('/build-push-action@'));
    expect(build?.with).toMatchObject({
      platforms: 'linux/amd64,linux/arm64',
      push: true,
      provenance: true,
      sbom: true,
    });
    const [argument] = String(build?.with?.['build-args']).split('=');
    expect(textOf('Dockerfile')).toContain(`ARG ${argument}=`);
    expect(runsOf(workflow.jobs.image ?? { steps: [] }).join('\n')).toMatch(/image=\$tag@\$\(.*\.Manifest\.Digest/);
    const labels = String(build?.with?.labels).trim().split('\n');
    expect(labels.map((label) => label.replace(/=.*/, ''))).toEqual(
      ['version', 'source', 'revision', 'base.name'].map((name) => `org.opencontainers.image.${name}`),
    );
  });
});

/** The job itself and all that it waits for. */
function needed({ jobs }: Workflow, name: string): readonly string[] {
  const needs = jobs[name]?.needs;
  return needs === undefined ? [name] : [name, ...needed({ jobs }, needs)];
}
