/** The health checks of examples/flux and examples/argo-cd, on groups as a real operator reports them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { evaluate } from '@marcbachmann/cel-js';
import { beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { REPOSITORY } from '../demo/show/product';
import { findLua } from '../envtest/binaries/lua';
import { runToSuccess } from '../envtest/run-command';
import { Installation } from './installation';

const binaries = inject('binaries');
const forever = new AbortController().signal;

let lua: string;
beforeAll(async () => {
  lua = await findLua(process.env, forever);
}, 600_000);

interface ReportedGroup {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status?: {
    readonly phase?: string;
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly reason: string }[];
  };
  readonly [field: string]: unknown;
}

const example = async (file: string) => parse(await readFile(path.join(REPOSITORY, 'examples', file), 'utf8'));

test('a group is healthy when it is as its spec says, and failed when it waits for a person', async () => {
  const [{ healthCheckExprs }, { data }] = await Promise.all([
    example('flux/shop.yaml').then(({ spec }) => spec),
    example('argo-cd/argocd-cm.yaml'),
  ]);
  const [expressions] = healthCheckExprs;
  const script = data['resource.customizations.health.vm.codeconnect.vmworld.com_VmGroup'];
  const here = await Installation.start(binaries);
  const read = async (name: string): Promise<ReportedGroup> =>
    JSON.parse(await here.run('get', 'vg', name, '-o', 'json'));
  const judged = async (group: ReportedGroup) => [fluxHealth(expressions, group), ...(await argoHealth(script, group))];

  await here.apply('running', { replicas: 2 });
  await here.apply('stuck', { template: 'doesNotExist' });
  await here.apply('off', { powerState: 'PoweredOff' });
  await here.apply('starting', { readiness: { type: 'IPAddress' } });
  expect(await judged(await read('running'))).toEqual([
    'Unknown',
    'Progressing',
    'the operator has not seen this spec yet',
  ]);

  await here.operator();
  const untilReason = (name: string, reason: string) =>
    here.until(`${name}: Ready is ${reason}`, async () => {
      const { status } = await read(name);
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      return ready?.reason === reason && status?.observedGeneration === (await read(name)).metadata.generation
        ? []
        : [JSON.stringify(status)];
    });
  await untilReason('running', 'AllReplicasReady');
  await untilReason('stuck', 'Stalled');
  await untilReason('off', 'PoweredOff');
  await untilReason('starting', 'NotReady');

  const running = await read('running');
  expect(await judged(running)).toEqual(['Current', 'Healthy', '2 of 2 replicas running']);
  expect(await judged(await read('stuck'))).toEqual([
    'Failed',
    'Degraded',
    expect.stringContaining('template "doesNotExist" was not found'),
  ]);
  expect(await judged(await read('off'))).toEqual(['Current', 'Suspended', expect.stringContaining('powered off')]);
  expect(await judged(await read('starting'))).toEqual([
    'InProgress',
    'Progressing',
    expect.stringContaining('0 of 1 replicas ready'),
  ]);

  const changed = { ...running, metadata: { ...running.metadata, generation: running.metadata.generation + 1 } };
  expect(await judged(changed)).toEqual(['InProgress', 'Progressing', 'the operator has not seen this spec yet']);

  await here.run('patch', 'vg', 'running', '--type', 'merge', '-p', '{"spec":{"paused":true}}');
  await untilReason('running', 'AllReplicasReady');
  expect(await judged(await read('running'))).toEqual(['Current', 'Suspended', expect.stringContaining('spec.paused')]);
});

interface Expressions {
  readonly failed: string;
  readonly current: string;
}

/**
 * As Flux reads them: the generation first, then the expressions in this order. One that fails, because a field is not
 * there, makes the health Unknown, for which Flux waits.
 *
 * @see https://github.com/fluxcd/pkg/blob/main/runtime/cel/status_evaluator.go
 */
function fluxHealth({ failed, current }: Expressions, group: ReportedGroup): string {
  const observed = group.status?.observedGeneration;
  if (observed !== undefined && observed !== group.metadata.generation) return 'InProgress';
  try {
    if (evaluate(failed, group) === true) return 'Failed';
    return evaluate(current, group) === true ? 'Current' : 'InProgress';
  } catch {
    return 'Unknown';
  }
}

/** Status and message, by Argo CD's interpreter, with the libraries only that Argo CD opens for such a script. */
async function argoHealth(script: string, group: ReportedGroup): Promise<readonly string[]> {
  const program = [
    'local print = print',
    'string, math, io, os, debug, coroutine = nil, nil, nil, nil, nil, nil',
    `obj = ${luaValue(group)}`,
    `local health = (function()\n${script}\nend)()`,
    'print(health.status)',
    'print(health.message)',
  ].join('\n');
  return (await runToSuccess(lua, ['-e', program], {}, forever)).trimEnd().split('\n');
}

function luaValue(value: unknown): string {
  if (typeof value === 'string') return `"${[...Buffer.from(value)].map(luaByte).join('')}"`;
  if (Array.isArray(value)) return `{${value.map(luaValue).join(', ')}}`;
  if (typeof value !== 'object' || value === null) return value === null ? 'nil' : String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `[${luaValue(key)}] = ${luaValue(inner)}`)
    .join(', ')}}`;
}

function luaByte(byte: number): string {
  return `\\${String(byte).padStart(3, '0')}`;
}
