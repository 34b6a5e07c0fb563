import { sleep, systemClock } from '../../../src/time/clock';
import type { GroupObject } from '../../demo/show/groups';
import { installProduct } from '../../demo/show/install-product';
import type { Binaries } from '../../envtest/binaries/find-binaries';
import {
  type ApiServer,
  adminRequest,
  imageNodeFlags,
  type OperatorProcess,
  openVCenterWindow,
  startApiServer,
  startOperator,
  startVcsim,
  watchCollection,
} from '../../envtest/real-parts';

/**
 * In the first two seconds after a CRD was created, the API server delays each creation by two seconds (justCreated in its
 * customresource_handler.go). So the bench waits until the CRD is older.
 */
const NEW_CRD_MS = 3_000;
const GROUPS_URL = '/apis/vm.codeconnect.vmworld.com/v1alpha1/namespaces/default/vmgroups';
const forever = new AbortController().signal;

/** The size of a run. */
export interface FleetOptions {
  readonly groups: number;
  readonly machines: number;
  /** --max-concurrent-tasks; undefined: no flag, so the operator finds it. */
  readonly budget: number | undefined;
  /** How long each clone takes in the simulator. */
  readonly cloneMs: number;
}

export interface FleetFigures {
  /** From sending the first VmGroup until all are RUNNING. */
  readonly ms: number;
  /** Calls to vCenter, without and with WaitForUpdatesEx. */
  readonly calls: number;
  readonly callsAndWaits: number;
  /** Processor time of the operator. */
  readonly cpuMs: number;
  readonly residentMiB: number;
}

/**
 * Runs the built operator on a new API server and simulator. It applies all groups at once, and waits until they run. Then
 * `look` may look at the operator.
 */
export async function runFleet(
  binaries: Binaries,
  options: FleetOptions,
  look: (operator: OperatorProcess) => Promise<void> = async () => {},
): Promise<FleetFigures> {
  const server = await startApiServer(binaries, {}, forever);
  const delaysMs = options.cloneMs > 0 ? { CloneVm: options.cloneMs } : {};
  const vcsim = await startVcsim(binaries, { delaysMs, strict: 'Off' }, forever);
  try {
    const { operatorKubeconfig: kubeconfig } = await installProduct(server, vcsim, forever);
    const flags = options.budget === undefined ? [] : ['--max-concurrent-tasks', String(options.budget)];
    const operator = await startOperator({ kubeconfig, vcsim, flags, nodeFlags: imageNodeFlags() }, forever);
    try {
      await operator.ready(30_000, forever);
      await sleep(systemClock, NEW_CRD_MS, forever);
      const allRun = untilRunning(server, options.groups);
      const before = await scrape(operator);
      const startMs = systemClock.monotonicMs();
      await Promise.all(
        Array.from({ length: options.groups }, (_, index) =>
          adminRequest(server, 'POST', GROUPS_URL, aGroup(`fleet-${index}`, options.machines), forever),
        ),
      );
      await allRun;
      const ms = systemClock.monotonicMs() - startMs;
      const after = await scrape(operator);
      const window = await openVCenterWindow(vcsim, forever);
      const on = (await window.machines(forever)).filter(({ powerState }) => powerState === 'poweredOn').length;
      if (on !== options.groups * options.machines)
        throw new Error(`${on} machines are powered on, but all groups are RUNNING`);
      await look(operator);
      return {
        ms,
        calls: after.calls - before.calls,
        callsAndWaits: after.callsAndWaits - before.callsAndWaits,
        cpuMs: after.cpuMs - before.cpuMs,
        residentMiB: after.residentMiB,
      };
    } finally {
      await operator.stop();
    }
  } finally {
    await vcsim.stop();
    await server.stop();
  }
}

function aGroup(name: string, replicas: number): unknown {
  return {
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name, namespace: 'default' },
    spec: { cpu: 1, memory: 1, replicas, template: 'vm-operator-template' },
  };
}

/** Waits with a watch, like `kubectl wait`: repeated lists would cost the API server more than the operator costs it. */
async function untilRunning(server: ApiServer, groups: number): Promise<void> {
  const running = new Set<string>();
  const done = new AbortController();
  const note = ({ metadata, status }: GroupObject) => {
    if (status?.phase === 'RUNNING') running.add(metadata.uid);
    else running.delete(metadata.uid);
    if (running.size === groups) done.abort();
  };
  await watchCollection<GroupObject>(
    server,
    GROUPS_URL,
    (change) => {
      if (change.kind === 'All') change.objects.forEach(note);
      else if (change.kind === 'Changed') note(change.object);
    },
    systemClock,
    done.signal,
  );
}

/** Counters from the operator's metrics. */
async function scrape(operator: OperatorProcess): Promise<Omit<FleetFigures, 'ms'>> {
  const text = await (await fetch(`${operator.metricsUrl}/metrics`)).text();
  const sum = (line: RegExp): number => [...text.matchAll(line)].reduce((total, [, value]) => total + Number(value), 0);
  const callsAndWaits = sum(/^vsphere_calls_total\{[^}]*\} (\S+)$/gm);
  const waits = sum(/^vsphere_calls_total\{[^}]*method="WaitForUpdatesEx"[^}]*\} (\S+)$/gm);
  return {
    calls: callsAndWaits - waits,
    callsAndWaits,
    cpuMs: sum(/^process_cpu_seconds_total (\S+)$/gm) * 1000,
    residentMiB: sum(/^process_resident_memory_bytes (\S+)$/gm) / 1024 ** 2,
  };
}
