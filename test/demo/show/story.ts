import type { SeenMachine } from '../../envtest/real-parts';
import { SandboxError } from '../../envtest/sandbox-error';
import { type GroupObject, readGroups } from './groups';
import { asExpected, eventually, type Look, notYet, type Step } from './step';
import { spreadStep } from './two-clusters';
import type { World } from './world';

const TEMPLATE = 'vm-operator-template';
const MISSING_TEMPLATE = 'doesNotExist';
/** On an idle machine each step takes 1 to 4 s. */
const TIMEOUT_MS = 60_000;

/** The story until everything runs. Each step reads both servers with clients that share no code with the operator. */
export function story(world: () => World): readonly Step[] {
  return [
    {
      title: 'Apply the three samples',
      run: async (_, signal) => {
        const { kubectl, manifests } = world();
        await kubectl(['apply', '-f', manifests.samples], signal);
        return eventually(
          'VmGroups vg-1, vg-2 and vg-3',
          async (stop) => {
            const names = (await readGroups(world().server, stop)).map((group) => group.metadata.name).toSorted();
            return names.join() === 'vg-1,vg-2,vg-3' ? asExpected(names.join(' ')) : notYet(names.join(' '));
          },
          world().clock,
          TIMEOUT_MS,
          signal,
        );
      },
    },
    step('vg-1 and vg-3 run', 'vg-1 RUNNING with 3 VMs, vg-3 with 2', world, async (look) => [
      ...look.running('vg-1', { replicas: 3, cpu: 1, memoryGiB: 1 }),
      ...look.running('vg-3', { replicas: 2, cpu: 4, memoryGiB: 4 }),
    ]),
    step('vg-2 says which template is missing', `vg-2 ERROR, naming ${MISSING_TEMPLATE}`, world, async (look) =>
      look.failing('vg-2', MISSING_TEMPLATE),
    ),
    step(
      'kubectl patch corrects vg-2',
      'vg-2 RUNNING with 2 VMs',
      world,
      async (look) => look.running('vg-2', { replicas: 2, cpu: 2, memoryGiB: 2 }),
      async ({ kubectl }, signal) => {
        const patch = JSON.stringify({ spec: { template: TEMPLATE } });
        await kubectl(['patch', 'vg', 'vg-2', '--type', 'merge', '-p', patch], signal);
      },
    ),
    step(
      'kubectl scale vg vg-1 --replicas 5',
      'vg-1 RUNNING with 5 VMs',
      world,
      async (look) => look.running('vg-1', { replicas: 5, cpu: 1, memoryGiB: 1 }),
      async ({ kubectl }, signal) => void (await kubectl(['scale', 'vg', 'vg-1', '--replicas', '5'], signal)),
    ),
    step(
      'kubectl scale vg vg-1 --replicas 2',
      'vg-1 RUNNING with 2 VMs, and 3 gone',
      world,
      async (look) => look.running('vg-1', { replicas: 2, cpu: 1, memoryGiB: 1 }),
      async ({ kubectl }, signal) => void (await kubectl(['scale', 'vg', 'vg-1', '--replicas', '2'], signal)),
    ),
    repairStep(world),
    spreadStep(world, TIMEOUT_MS),
  ];
}

/** The end of the story: everything is deleted. `onStopping` is called before the operator gets SIGTERM. */
export function epilogue(world: () => World, onStopping: () => void): readonly Step[] {
  return [
    {
      title: 'kubectl delete vg --all',
      run: async (_, signal) => {
        const { kubectl, vcenter, clock, server } = world();
        const reported = (await readGroups(server, signal)).map((group) => group.status?.folder?.moRef);
        const folders = (await vcenter.folders(signal)).filter(({ id }) => reported.includes(id));
        if (folders.length !== reported.length) {
          const seen = folders.map((folder) => folder.name).join(', ');
          throw new SandboxError(
            'NotInTime',
            `expected: a folder in vCenter for each VmGroup; seen: ${seen || 'none'}`,
          );
        }
        const uuids = ours(await vcenter.machines(signal)).map((machine) => machine.instanceUuid ?? '');
        await kubectl(['delete', 'vg', '--all', '--wait=false'], signal);
        await eventually(
          'no VmGroup, none of their VMs by view and by UUID, none of their folders',
          async (stop) => {
            const left = await readGroups(server, stop);
            const machines = ours(await vcenter.machines(stop)).map((machine) => machine.name);
            const found = (await Promise.all(uuids.map((uuid) => vcenter.findAllByInstanceUuid(uuid, stop)))).flat();
            const kept = (await vcenter.folders(stop)).filter(({ id }) => reported.includes(id));
            const remains = [
              ...left.map((group) => `VmGroup ${group.metadata.name}`),
              ...machines.map((name) => `VM ${name}`),
              ...found.map((id) => `VM ${id} by UUID`),
              ...kept.map((folder) => `folder ${folder.name}`),
            ];
            return remains.length === 0 ? asExpected('') : notYet(remains.join(', '));
          },
          clock,
          TIMEOUT_MS,
          signal,
        );
        return `${uuids.length} VMs and ${folders.length} folders are gone from vCenter`;
      },
    },
    {
      title: 'Stop the operator',
      run: async () => {
        onStopping();
        const how = await world().operator.stop();
        if (how === 'exit code 0') return how;
        throw new SandboxError('ProcessEnded', `expected: exit code 0 after SIGTERM; seen: ${how}`);
      },
    },
  ];
}

/** What a group should have, in both servers. */
interface Wanted {
  readonly replicas: number;
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** Both servers at one moment. Each method returns differences from what it expects. */
class Snapshot {
  constructor(
    private readonly groups: readonly GroupObject[],
    private readonly machines: readonly SeenMachine[],
  ) {}

  running(name: string, wanted: Wanted): readonly string[] {
    const group = this.groups.find((candidate) => candidate.metadata.name === name);
    if (group === undefined) return [`no VmGroup ${name}`];
    const { status = {} } = group;
    const machines = this.machinesOf(group);
    const fitting = machines.filter(
      ({ powerState, numCpu, memoryMiB }) =>
        powerState === 'poweredOn' && numCpu === wanted.cpu && memoryMiB === wanted.memoryGiB * 1024,
    );
    const phase = `${name} ${status.phase ?? 'without a phase'}`;
    const problems: string[] = [];
    if (status.phase !== 'RUNNING') problems.push(`${phase} (${status.lastMessage ?? 'no message'})`);
    if (status.observedGeneration !== group.metadata.generation) problems.push(`${phase} of an older spec`);
    if (status.currentReplicas !== wanted.replicas) problems.push(`${phase} with ${status.currentReplicas} replicas`);
    if (machines.length !== wanted.replicas || fitting.length !== wanted.replicas) {
      problems.push(
        `vCenter has ${machines.length} VMs of ${name}, ${fitting.length} of them powered on and of the right size`,
      );
    }
    return problems;
  }

  failing(name: string, word: string): readonly string[] {
    const group = this.groups.find((candidate) => candidate.metadata.name === name);
    const { phase, lastMessage = '' } = group?.status ?? {};
    if (phase === 'ERROR' && lastMessage.includes(word)) return [];
    return [`${name} ${phase ?? 'without a phase'}: ${lastMessage}`];
  }

  machinesOf(group: GroupObject): readonly SeenMachine[] {
    const { namespace, name } = group.metadata;
    return this.machines.filter((machine) => machine.group === `${namespace}/${name}`);
  }
}

async function snapshotOf(world: World, signal: AbortSignal): Promise<Snapshot> {
  // vCenter is read second: a status must not run ahead of the truth (R5), so it must still be true a moment later.
  const groups = await readGroups(world.server, signal);
  return new Snapshot(groups, await world.vcenter.machines(signal));
}

function ours(machines: readonly SeenMachine[]): readonly SeenMachine[] {
  return machines.filter((machine) => machine.group !== undefined);
}

/** Does something, then waits until nothing differs. */
function step(
  title: string,
  expectation: string,
  world: () => World,
  differences: (snapshot: Snapshot) => Promise<readonly string[]>,
  act: (world: World, signal: AbortSignal) => Promise<void> = async () => {},
): Step {
  return {
    title,
    run: async (_, signal) => {
      await act(world(), signal);
      const look = async (stop: AbortSignal): Promise<Look> => {
        const found = await differences(await snapshotOf(world(), stop));
        return found.length === 0 ? asExpected(expectation) : notYet(found.join('; '));
      };
      return eventually(expectation, look, world().clock, TIMEOUT_MS, signal);
    },
  };
}

function repairStep(world: () => World): Step {
  return {
    title: 'Power off a VM of vg-3 in vCenter, and see it repaired',
    run: async (_, signal) => {
      const { vcenter, clock } = world();
      const machines = await vcenter.machines(signal);
      const victim = machines.find((machine) => machine.group?.endsWith('/vg-3'));
      if (victim === undefined) throw new SandboxError('NotInTime', 'expected: a VM of vg-3; seen: none');
      // It resolves when the machine is off. The time of the repair counts from then.
      await vcenter.powerOff(victim.id, signal);
      const offAtMs = clock.monotonicMs();
      await eventually(
        `${victim.name} powered on again, and vg-3 RUNNING`,
        async (stop) => {
          const snapshot = await snapshotOf(world(), stop);
          const now = (await vcenter.machines(stop)).find((machine) => machine.id === victim.id);
          const problems = [...snapshot.running('vg-3', { replicas: 2, cpu: 4, memoryGiB: 4 })];
          if (now?.powerState !== 'poweredOn') problems.unshift(`${victim.name} ${now?.powerState ?? 'gone'}`);
          return problems.length === 0 ? asExpected('') : notYet(problems.join('; '));
        },
        clock,
        TIMEOUT_MS,
        signal,
      );
      return `${victim.name} was powered on again after ${((clock.monotonicMs() - offAtMs) / 1_000).toFixed(1)} s`;
    },
  };
}
