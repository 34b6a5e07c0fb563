import { beforeAll, describe, expect, inject, test } from 'vitest';
import {
  accountOf,
  buildIfDue,
  expectOnlyReads,
  manifestOf,
  simulator,
  vmOperator,
  watched,
  watchedApiServer,
} from './command';
import { Installation } from './installation';

const binaries = inject('binaries');

beforeAll(buildIfDue);

describe('plan', () => {
  test('shows what would be done for a new group, a group at rest and a changed group, and changes nothing', async () => {
    const here = await Installation.start(binaries);
    const { account, methods } = await watched(here.vcsim);
    const { kubeconfig, verbs } = await watchedApiServer(here);
    const environment = { ...account, KUBECONFIG: kubeconfig };
    const plan = (spec: Record<string, unknown>, ...flags: readonly string[]) =>
      vmOperator(['plan', '-f', '-', ...flags], environment, manifestOf(spec));

    const fresh = await plan({});
    expect(fresh.stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'default/web  standard input:1, a new group',
      '',
      '  WHEN   ACTION         OBJECT                              WHY',
      '  now    add finalizer  default/web                         comes before all else: it holds a deleted group until its machines are gone',
      '  now    create folder  /vcqaDC/vm/vm-operator/default.web  the group has no folder',
      '  later  create         replica 0                           ordinal 0 is missing',
      '  later  create         replica 1                           ordinal 1 is missing',
      '',
      '  2 to create.',
      '',
      'Changes are due for 1 group. Nothing was changed.',
      '',
    ]);
    expect([fresh.exitCode, fresh.stderr]).toEqual([2, '']);
    expectOnlyReads(methods);

    const operator = await here.operator();
    await here.apply('web', { replicas: 2 });
    await here.untilRunning('web', 2);
    const atRest = await plan({});
    expect(atRest).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to do for 1 group.') });
    // Output of kubectl can be planned too.
    const stored = await here.run('get', 'vg', '-A', '-o', 'yaml');
    expect(await vmOperator(['plan', '-f', '-'], environment, stored)).toMatchObject({ exitCode: 0 });
    await operator.stop();

    const machines = await here.machinesOf('web');
    const changed = JSON.parse((await plan({ placement: { datastore: 'LocalDS_0' } }, '-o', 'json')).stdout);
    expect(changed).toMatchObject({
      changes: true,
      groups: [
        {
          state: 'Existing',
          specChanges: [{ field: 'spec.placement.datastore', to: 'LocalDS_0' }],
          summary: { Replace: 2, Create: 0 },
        },
      ],
    });
    const [group] = changed.groups;
    const steps: { object: string; why: string }[] = [...group.now, ...group.later];
    expect(steps.map(({ object }) => object).sort()).toEqual(machines.map(({ name }) => name).sort());
    for (const { why } of steps) expect(why).toMatch(/of an older revision \(\w{10} -> \w{10}\)/);
    const table = await plan({ placement: { datastore: 'LocalDS_0' } });
    expect(table).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('2 to replace.') });
    expectOnlyReads(methods);
    expect(new Set(verbs)).toEqual(new Set(['GET']));
    expect(await here.machinesOf('web')).toEqual(machines);

    // A change that the API server would refuse is an error.
    await here.apply('web', { replicas: 2, placement: { datacenter: 'vcqaDC' } });
    const moved = await plan({ placement: { datacenter: 'elsewhere' } });
    expect(moved).toMatchObject({ exitCode: 1, stdout: '' });
    expect(moved.stderr).toContain(
      'spec.placement.datacenter is "elsewhere": keep "vcqaDC", it cannot be changed once set',
    );
  });

  test('plans groups as new ones without a kubeconfig, and says so', async () => {
    const vcsim = await simulator();
    const result = await vmOperator(['plan', '-f', '-'], accountOf(vcsim), manifestOf({ template: 'doesNotExist' }));
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain('not known whether it exists');
    expect(result.stdout).toContain('set KUBECONFIG to the path of a kubeconfig');
    expect(result.stdout).toMatch(/in the way {2}TemplateNotFound {2}template "doesNotExist" was not found/);
  });

  test('R14: a document that cannot be planned is told, the others are planned, and it ends with 1', async () => {
    const vcsim = await simulator();
    const both = `${manifestOf({ replicas: -1 }).replace('name: web', 'name: bad')}\n---\n${manifestOf()}`;
    const result = await vmOperator(['plan', '-f', '-'], accountOf(vcsim), both);
    expect(result).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('default/web  standard input:') });
    expect(result.stdout).toContain('Not planned, for 1 problem:');
    expect(result.stdout).toContain('spec.replicas is -1: give at least 0');
    const json = await vmOperator(['plan', '-f', '-', '-o', 'json'], accountOf(vcsim), both);
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      groups: [{ group: 'default/web' }],
      problems: [expect.stringContaining('spec.replicas is -1')],
    });
  });

  test.each([
    [
      'a manifest that the API server would refuse',
      manifestOf({ replicas: -1 }),
      {},
      'spec.replicas is -1: give at least 0',
    ],
    ['another kind', 'kind: Secret', {}, 'only VmGroup can be planned'],
    ['a missing setting', manifestOf(), { VC_HOST: undefined }, 'VC_HOST is not set'],
    ['a wrong password', manifestOf(), { VC_PASS: 'wrong' }, 'refuses the login of operator@vsphere.local'],
  ])('ends with 1 for %s', async (_, input, environment, message) => {
    const vcsim = await simulator();
    const result = await vmOperator(['plan', '-f', '-'], { ...accountOf(vcsim), ...environment }, input);
    expect(result).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(message) });
  });
});
