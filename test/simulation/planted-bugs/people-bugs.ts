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
        anchor: 'if (isOurs(machine, context) || machine.unreadable) there.push(machine);',
        replacement: 'if (isOurs(machine, context)) there.push(machine);',
      },
      {
        file: 'src/vmgroup/act/prove-gone.ts',
        anchor: 'if (machine.unreadable || isOurs(machine, context)) return machine;',
        replacement: 'if (isOurs(machine, context)) return machine;',
      },
    ],
  },
  {
    rule: 'R2',
    mistake:
      'the former machine of a slot is looked for by its instanceUuid only, which finds nothing that is out of sight',
    changes: [
      {
        file: 'src/vmgroup/act/former-machines.ts',
        anchor: 'of context.knownMachines(slot)) {',
        replacement: 'of context.knownMachines({ ...slot, ordinal: -1 })) {',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a machine that the inventory does not show any more counts as gone',
    changes: [
      {
        file: 'src/vmgroup/observe/still-known.ts',
        anchor: "if (shown === undefined ? machine.destroy === 'Done' :",
        replacement: 'if (shown === undefined ? machine.isShown !== undefined :',
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
    mistake: 'a standby takes the Lease while its holder still renews it',
    changes: [
      {
        file: 'src/kubernetes/leader-election.ts',
        anchor: '!mine && this.#expiresInMs(observed) > 0) return false;',
        replacement: '!mine && this.#expiresInMs(observed) > 14_000) return false;',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'no look for the former machine of a slot: the new one may get another instanceUuid than its marks say',
    changes: [
      {
        file: 'src/vmgroup/act/clone.ts',
        anchor: 'const former = action.again ? await',
        replacement: 'const former = action.again && action.slot.ordinal < 0 ? await',
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
    rule: 'R9',
    mistake: 'a group that has its share of the lane holds back the groups after it',
    changes: [
      {
        file: 'src/vsphere/task/lane.ts',
        anchor: '>= shareLimit) continue;',
        replacement: '>= shareLimit) return undefined;',
      },
    ],
  },
  {
    rule: 'R1',
    mistake: 'an adoption overwrites the marks of another group',
    changes: [
      {
        file: 'src/vmgroup/observe/adoption-request.ts',
        anchor: 'if (owner !== undefined) return',
        replacement: "if (owner?.group === '') return",
      },
      {
        file: 'src/vmgroup/act/verify.ts',
        anchor: 'if (owner?.cluster !== formerOwner?.cluster || owner?.groupUid !== formerOwner?.groupUid) {',
        replacement: "if (owner?.group === '') {",
      },
      {
        file: 'src/vmgroup/act/verify.ts',
        anchor: 'if (!mayAdopt(owner, context)) {',
        replacement: "if (owner?.group === '') {",
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'the annotation of a group is enough to adopt a machine of another cluster',
    changes: [
      {
        file: 'src/vmgroup/model/tenant-policy.ts',
        anchor: 'return tenants.adoptFromClusters.includes(owner.cluster);',
        replacement: "return tenants.adoptFromClusters.length === 0 || owner.cluster === '';",
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'machines of another cluster with the same UIDs count as replicas',
    changes: [
      {
        file: 'src/vmgroup/observe/observe.ts',
        anchor: 'if (owner?.cluster !== clusterId || owner.groupUid !== group.metadata.uid) continue;',
        replacement: "if (owner?.groupUid !== group.metadata.uid || clusterId === '') continue;",
      },
      {
        file: 'src/vmgroup/act/verify.ts',
        anchor: 'if (owner?.cluster !== context.clusterId || owner.groupUid !== context.group.metadata.uid) {',
        replacement: 'if (owner?.groupUid !== context.group.metadata.uid) {',
      },
    ],
  },
];
