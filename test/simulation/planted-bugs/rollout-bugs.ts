/** Bugs in rolling updates, sizes and readiness. ROLLOUT stands for maxSurge, maxUnavailable and minReadySeconds. */
import type { PlantedBug } from './planted-bug';

export const ROLLOUT_BUGS: readonly PlantedBug[] = [
  {
    rule: 'ROLLOUT',
    mistake: 'one machine more than maxSurge allows is made',
    changes: [
      {
        file: 'src/vmgroup/plan/rollout.ts',
        anchor: 'desired + policy.maxSurge - existing)',
        replacement: 'desired + policy.maxSurge + 1 - existing)',
      },
    ],
  },
  {
    rule: 'ROLLOUT',
    mistake: 'one machine more than maxUnavailable allows is replaced',
    changes: [
      {
        file: 'src/vmgroup/plan/rollout.ts',
        anchor: 'const spare = Math.min(room - chosen.length, spareServing);',
        replacement: 'const spare = spareServing + 1;',
      },
    ],
  },
  {
    rule: 'ROLLOUT',
    mistake: 'a change of size restarts all machines at once',
    changes: [
      {
        file: 'src/vmgroup/plan/rollout.ts',
        anchor: '    ...candidates.filter(serving).slice(0, Math.max(0, spare)),\n',
        replacement: '    ...candidates,\n',
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a group is RUNNING while machines have another size',
    changes: [
      {
        file: 'src/vmgroup/status/counts.ts',
        anchor: 'hasSize(replica.machine, group) && hasDisks(replica, group)',
        replacement:
          'hasSize(replica.machine, { ...group, spec: { ...group.spec, cpu: replica.machine.numCpu ?? 0, memory: (replica.machine.memoryMiB ?? 0) / 1024 } }) && hasDisks(replica, group)',
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a group is RUNNING while machines have other hot-add settings or sockets',
    changes: [
      {
        file: 'src/vmgroup/model/hardware.ts',
        anchor: '  if (asksForNothing(wanted)) return true;\n  if (details === undefined) return false;',
        replacement: '  if (asksForNothing(wanted) || details !== undefined) return true;',
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a group is RUNNING while machines have smaller disks',
    changes: [
      {
        file: 'src/vmgroup/model/disk-sizes.ts',
        anchor: 'return wanted === undefined || disks === diskKey(wanted);',
        replacement: "return wanted === undefined || disks !== '';",
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a machine counts as ready before its guest has answered',
    changes: [
      {
        file: 'src/vmgroup/model/readiness.ts',
        anchor: "    case 'ToolsRunning':\n      return machine.details?.toolsRunning === true;",
        replacement: "    case 'ToolsRunning':\n      return true;",
      },
    ],
  },
];
