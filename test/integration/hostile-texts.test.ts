import { expect, inject, test } from 'vitest';
import { HOSTILE_SPECS } from '../support/builders/hostile-specs';
import { Installation } from './installation';
import { storeBesideTheSchema } from './past-the-schema';

const binaries = inject('binaries');
const GOOD = { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template' };
const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);

/** Each is a spec that the CRD refuses. */
const STORED: Readonly<Record<string, readonly [unknown, string]>> = {
  many: [{ ...GOOD, replicas: 50_000_000 }, 'spec.replicas is 50000000: give at most 500'],
  shapes: [
    { cpu: 'two', memory: -1, replicas: 0, template: [], guest: 7, placement: [], networks: 'x' },
    'spec.cpu is "two": give a whole number',
  ],
  nothing: [undefined, 'spec is missing: give it a value'],
  levels: [{ ...GOOD, networks: nested(1_500) }, 'spec.networks is nested deeper than 32 levels'],
  values: [{ ...GOOD, networks: Array(200_000).fill(0) }, 'spec.networks holds more than 1000 values'],
  unknown: [{ ...GOOD, extra: nested(1_500) }, 'spec is nested deeper than 32 levels'],
};

test('R14: with twelve hostile groups stored a good group becomes RUNNING, and the operator goes on', async () => {
  const here = await Installation.start(binaries);
  for (const [name, [spec]] of Object.entries(HOSTILE_SPECS)) await here.apply(name, { ...GOOD, ...spec });
  const specs = Object.entries(STORED).map(([name, [spec]]) => [name, spec] as const);
  await storeBesideTheSchema(here, Object.fromEntries(specs));
  const leads = { flags: ['--leader-elect'], environment: { POD_NAMESPACE: here.facts.namespace } };
  const operator = await here.operator(leads);
  await here.apply('good', {
    replicas: 2,
    guest: { cloudInit: { metadata: { value: 'local-hostname: $(vm.name)\n' } } },
  });
  await here.untilRunning('good', 2);

  for (const [name, [, problem]] of Object.entries({ ...HOSTILE_SPECS, ...STORED })) {
    await here.until(`${name} says what is wrong`, async () => {
      const status = (await here.group(name))?.status;
      const isTold = status?.phase === 'ERROR' && status.lastMessage?.includes(problem);
      return isTold ? [] : [`${status?.phase}: ${status?.lastMessage}`];
    });
  }
  const names = [...Object.keys(HOSTILE_SPECS), ...Object.keys(STORED)];
  await here.run('delete', 'vg', '--wait=false', ...names);
  for (const name of names) await here.untilGone(name);
  await here.run('scale', 'vg', 'good', '--replicas=3');
  await here.untilRunning('good', 3);

  await operator.ready(1_000, new AbortController().signal);
  const lost = operator.log
    .all()
    .filter((line) => /another process may lead|the lease cannot be|this is a bug/.test(line));
  expect(lost).toEqual([]);
  expect(operator.log.all().filter((line) => /[^ -~]/.test(line))).toEqual([]);
});
