/** Bugs that show when people, other operators or vCenter itself do something unexpected. */
import type { PlantedBug } from './planted-bug';

export const PEOPLE_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R1',
    mistake: 'a folder is removed although it shows a vApp',
    changes: [
      {
        file: 'src/vmgroup/act/destroy-folder.ts',
        anchor: '  if (children.length === 0) return',
        replacement: "  if (children.every(({ type }) => type !== 'VirtualMachine')) return",
      },
    ],
  },
  {
    rule: 'R1',
    mistake: "machines of the original operator are adopted without a person's answer",
    changes: [
      {
        file: 'src/vmgroup/observe/orphans.ts',
        anchor: "return { kind: 'Legacy', adopt: answer === 'Adopt',",
        replacement: "return { kind: 'Legacy', adopt: true,",
      },
    ],
  },
  {
    rule: 'R2',
    mistake: 'a machine whose configuration cannot be read counts as gone',
    changes: [
      {
        file: 'src/vmgroup/plan/rollout.ts',
        anchor: '    observed.unreadable.length === 0 &&\n',
        replacement: '',
      },
      {
        file: 'src/vmgroup/act/former-machines.ts',
        anchor: 'if (isOurs || machine.unreadable) there.push(machine);',
        replacement: 'if (isOurs) there.push(machine);',
      },
    ],
  },
  {
    rule: 'R4',
    mistake: 'the recent tasks are read every two seconds for ever',
    changes: [
      {
        file: 'src/vmgroup/act/unclaimed-clones.ts',
        anchor: '      return claims.length > 0;\n',
        replacement: '      return claims.length >= 0;\n',
      },
    ],
  },
  {
    rule: 'R6',
    mistake: 'nobody asks who leads before a change is sent',
    changes: [
      {
        file: 'src/vmgroup/dispatch.ts',
        anchor: '!current.spec.paused && mayMutate() &&',
        replacement: '!current.spec.paused && mayMutate !== undefined &&',
      },
      {
        file: 'src/operator/manager/fenced-connection.ts',
        anchor: 'this.calls = fenced(inner.calls, mayMutate);',
        replacement: 'this.calls = fenced(inner.calls, () => mayMutate !== undefined);',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'no look for the former machine of a slot: the new one may get another instanceUuid than its marks say',
    changes: [
      {
        file: 'src/vmgroup/act/act.ts',
        anchor: 'const former = action.again ? await',
        replacement: 'const former = action.again && action.slot.ordinal < 0 ? await',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a deleted group does not wait for a machine that cannot be read',
    changes: [
      {
        file: 'src/vmgroup/plan/deletion.ts',
        anchor: 'if (observed.unreadable.length > 0 || (',
        replacement: 'if ((',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'the status of a deleted group forgets a machine that cannot be read',
    changes: [
      {
        file: 'src/vmgroup/status/replicas.ts',
        anchor: 'const unreadable = unreadableSlots(observed).filter(',
        replacement: 'const unreadable = unreadableSlots({ ...observed, unreadable: [] }).filter(',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a group that was deleted with the finalizer of the original operator only is never let go',
    changes: [
      {
        file: 'src/vmgroup/plan/plan.ts',
        anchor: 'if (!hasFinalizer && !metadata.finalizers?.includes(ORIGINAL_FINALIZER)) return NOTHING;',
        replacement: 'if (!hasFinalizer && ORIGINAL_FINALIZER !== undefined) return NOTHING;',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a vApp in the folder keeps the finalizer',
    changes: [
      {
        file: 'src/vmgroup/act/destroy-folder.ts',
        anchor: '  context.foreignInFolder(names);\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a suspended machine counts as running',
    changes: [
      {
        file: 'src/vmgroup/plan/replicas.ts',
        anchor: "  if (powerState === 'poweredOn') return stepForRunning(",
        replacement: "  if (powerState !== 'poweredOff') return stepForRunning(",
      },
    ],
  },
  {
    rule: 'R8',
    mistake: 'after a lost privilege the next try comes in a year',
    changes: [
      {
        file: 'src/vmgroup/model/backoff.ts',
        anchor: "    case 'HalfHour':\n",
        replacement: "    case 'HalfHour':\n      if (attempts > 0) return 365 * 86_400_000;\n",
      },
    ],
  },
  {
    rule: 'R9',
    mistake: 'a group that has its share of the lane holds back the groups after it',
    changes: [
      {
        file: 'src/vsphere/task/dispatcher.ts',
        anchor: '>= this.shareLimit) continue;',
        replacement: '>= this.shareLimit) return undefined;',
      },
    ],
  },
];
