/**
 * `npm run bench -- hostile`: how long a group takes to become RUNNING, alone, and while hostile groups are stored and
 * changed all the time. R14, R15: strangers cost a group nothing.
 */
import { sleep, systemClock } from '../../../src/time/clock';
import { type GroupObject, readGroups } from '../../demo/show/groups';
import { installProduct } from '../../demo/show/install-product';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { type ApiServer, adminRequest, startApiServer, startOperator, startVcsim } from '../../envtest/real-parts';
import { HOSTILE_SPECS } from '../../support/builders/hostile-specs';

const ROUNDS = 10;
const REPLICAS = 10;
const HOSTILE_GROUPS = 10;
const LOOK_MS = 20;
/** The first answers to all strangers are over; their retries go on. */
const SETTLE_MS = 5_000;
const WITHIN_MS = 120_000;
const URL_OF = (namespace: string) => `/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/${namespace}/vmgroups`;
const forever = new AbortController().signal;
const GOOD = { cpu: 1, memory: 1, replicas: REPLICAS, template: 'vm-operator-template' };

export async function benchHostile(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const server = await startApiServer(binaries, {}, forever);
  const vcsim = await startVcsim(binaries, { strict: 'Off' }, forever);
  try {
    const { operatorKubeconfig: kubeconfig } = await installProduct(server, vcsim, forever);
    const operator = await startOperator({ kubeconfig, vcsim }, forever);
    try {
      await operator.ready(WITHIN_MS, forever);
      await adminRequest(server, 'POST', '/api/v1/namespaces', { metadata: { name: 'strangers' } }, forever);
      const alone: number[] = [];
      const beside: number[] = [];
      // In turns, so that both meet the same machine. The first round warms up.
      for (let round = 0; round <= ROUNDS; round += 1) {
        const aloneMs = await timeOfGroup(server, `alone-${round}`);
        await addStrangers(server);
        const besideMs = await timeOfGroup(server, `beside-${round}`);
        await removeStrangers(server);
        if (round === 0) continue;
        alone.push(aloneMs);
        beside.push(besideMs);
      }
      const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
      const [first, second] = [median(alone), median(beside)];
      process.stdout.write(
        `a group of ${REPLICAS} machines is RUNNING after ${Math.round(first)} ms alone, and after ${Math.round(second)} ms ` +
          `beside ${HOSTILE_GROUPS} hostile groups: ${(second / first).toFixed(2)} times (medians of ${ROUNDS})\n`,
      );
    } finally {
      await operator.stop();
    }
  } finally {
    await vcsim.stop();
    await server.stop();
  }
}

async function timeOfGroup(server: ApiServer, name: string): Promise<number> {
  const fromMs = systemClock.monotonicMs();
  await adminRequest(server, 'POST', URL_OF('default'), group(name, GOOD), forever);
  // Only this group is read: lists of the strangers' 64 KiB each would be what is measured.
  const url = `${URL_OF('default')}/${name}`;
  await until(`${name} is RUNNING`, async () => {
    const { body } = await adminRequest(server, 'GET', url, undefined, forever);
    const { status }: GroupObject = JSON.parse(body);
    return status?.phase === 'RUNNING';
  });
  const tookMs = systemClock.monotonicMs() - fromMs;
  await adminRequest(server, 'DELETE', url, undefined, forever);
  await until(`${name} is gone`, async () => {
    const { status } = await adminRequest(server, 'GET', url, undefined, forever);
    return status === 404;
  });
  return tookMs;
}

async function addStrangers(server: ApiServer): Promise<void> {
  const specs = Object.entries(HOSTILE_SPECS);
  for (let number = 0; number < HOSTILE_GROUPS; number += 1) {
    const [name, [spec]] = specs[number % specs.length] ?? ['none', [{}]];
    await adminRequest(server, 'POST', URL_OF('strangers'), group(`${name}-${number}`, { ...GOOD, ...spec }), forever);
  }
  await until('each stranger is told', async () => {
    const groups = await readGroups(server, forever);
    return groups.every(({ metadata, status }) => metadata.namespace === 'default' || status?.phase !== undefined);
  });
  await sleep(systemClock, SETTLE_MS, forever);
}

async function removeStrangers(server: ApiServer): Promise<void> {
  await adminRequest(server, 'DELETE', URL_OF('strangers'), undefined, forever);
  await until('the strangers are gone', async () => (await readGroups(server, forever)).length === 0);
}

function group(name: string, spec: object): object {
  return { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', metadata: { name }, spec };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const limit = AbortSignal.timeout(WITHIN_MS);
  while (!(await holds())) {
    if (limit.aborted) throw new Error(`not within ${WITHIN_MS / 1000} s: ${what}`);
    await sleep(systemClock, LOOK_MS, forever);
  }
}
