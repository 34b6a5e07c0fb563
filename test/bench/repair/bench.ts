/**
 * `npm run bench -- repair`: how soon a machine that somebody powered off is powered on again. The time counts from before
 * the power-off call of that person until the operator's PowerOnVM_Task arrives.
 */
import { sleep, systemClock } from '../../../src/time/clock';
import { readGroups } from '../../demo/show/groups';
import { installProduct } from '../../demo/show/install-product';
import { findBinaries } from '../../envtest/binaries/find-binaries';
import { printedProgress } from '../../envtest/binaries/progress';
import { startVCenterProxy } from '../../envtest/proxies/vcenter-proxy';
import { adminRequest, openVCenterWindow, startApiServer, startOperator, startVcsim } from '../../envtest/real-parts';

const MACHINES = 20;
const LOOK_MS = 100;
const WITHIN_MS = 60_000;
const GROUPS_URL = '/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/default/vmgroups';
const forever = new AbortController().signal;

export async function benchRepair(): Promise<void> {
  const progress = printedProgress(systemClock, { write: (text) => process.stderr.write(text), columns: undefined });
  const binaries = await findBinaries({ environment: process.env, clock: systemClock, progress }, forever);
  const server = await startApiServer(binaries, {}, forever);
  const vcsim = await startVcsim(binaries, { strict: 'Off' }, forever);
  const proxy = await startVCenterProxy(vcsim);
  try {
    const { operatorKubeconfig: kubeconfig } = await installProduct(server, vcsim, forever);
    const operator = await startOperator({ kubeconfig, vcsim: proxy.vcsim }, forever);
    try {
      await operator.ready(WITHIN_MS, forever);
      const spec = { cpu: 1, memory: 1, replicas: MACHINES, template: 'vm-operator-template' };
      const group = {
        apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
        kind: 'VmGroup',
        metadata: { name: 'web' },
        spec,
      };
      await adminRequest(server, 'POST', GROUPS_URL, group, forever);
      await until('RUNNING', async () => (await readGroups(server, forever))[0]?.status?.phase === 'RUNNING');
      const window = await openVCenterWindow(vcsim, forever);
      const machines = (await window.machines(forever)).filter((machine) => machine.group !== undefined);
      const times: number[] = [];
      for (const { id } of machines) {
        const seen = proxy.calls.length;
        const repair = () => proxy.calls.slice(seen).find(({ method }) => method === 'PowerOnVM_Task');
        const fromMs = systemClock.monotonicMs();
        await window.powerOff(id, forever);
        await until(`the repair of ${id}`, async () => repair() !== undefined);
        times.push((repair()?.atMonotonicMs ?? Number.NaN) - fromMs);
        await until('RUNNING again', async () => (await readGroups(server, forever))[0]?.status?.phase === 'RUNNING');
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => `${Math.round(times[Math.floor((times.length - 1) * share)] ?? Number.NaN)} ms`;
      process.stdout.write(
        `${times.length} machines powered off by hand, time until PowerOnVM_Task: median ${at(0.5)}, longest ${at(1)}\n`,
      );
    } finally {
      await operator.stop();
    }
  } finally {
    await proxy.stop();
    await vcsim.stop();
    await server.stop();
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const limit = AbortSignal.timeout(WITHIN_MS);
  while (!(await holds())) {
    if (limit.aborted) throw new Error(`not within ${WITHIN_MS / 1000} s: ${what}`);
    await sleep(systemClock, LOOK_MS, forever);
  }
}
