/**
 * Bugs to plant: plausible mistakes, one or two per rule. An anchor that is missing in its file is an error, so a bug
 * cannot become ineffective unnoticed.
 */
import { ADDRESS_BUGS } from './address-bugs';
import { CLONE_BUGS } from './clone-bugs';
import { DECISION_BUGS } from './decision-bugs';
import { PEOPLE_BUGS } from './people-bugs';
import { PLACEMENT_BUGS } from './placement-bugs';
import type { PlantedBug } from './planted-bug';
import { ROLLOUT_BUGS } from './rollout-bugs';
import { VCENTER_BUGS } from './vcenter-bugs';

export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R1',
    mistake: 'a machine with marks of another cluster counts as a replica',
    changes: [
      {
        file: 'src/vmgroup/observe/observe.ts',
        anchor: 'if (owner?.cluster !== clusterId || owner.groupUid !== group.metadata.uid) continue;\n    const host',
        replacement: 'if (owner?.groupUid !== group.metadata.uid) continue;\n    const host',
      },
    ],
  },
  {
    rule: 'R1',
    mistake: 'marks count that a clone by hand has copied',
    changes: [
      {
        file: 'src/api/ownership.ts',
        anchor: 'if (!instance || instance.toLowerCase() !== machine.instanceUuid?.toLowerCase()) return undefined;',
        replacement: 'if (!instance) return undefined;',
      },
    ],
  },
  {
    rule: 'R1',
    mistake: 'a change of size trusts the marks that the inventory shows',
    changes: [
      {
        file: 'src/vmgroup/act/act.ts',
        anchor:
          '  const machine = await verifyOwnership(replica, context, call);\n  if (machine === undefined) return undefined;\n  const { numCpu,',
        replacement:
          '  const machine = await context.calls.readVirtualMachine(replica.machine.ref, call);\n' +
          '  if (machine === undefined) return undefined;\n  const { numCpu,',
      },
    ],
  },
  {
    rule: 'R2',
    mistake: 'a clone whose reply was lost is sent again without a check, under another name',
    changes: [
      {
        file: 'src/vmgroup/act/settle.ts',
        anchor: '  // Order matters: a clone that ends between the two reads is found by the second.\n',
        replacement: "  if (slot.ordinal >= 0) return 'DidNotHappen';\n",
      },
      {
        file: 'src/vmgroup/act/clone-request.ts',
        anchor: '    name: machineNameOf(group, action.slot),\n',
        replacement: "    name: machineNameOf(group, action.slot) + '-' + process.hrtime.bigint().toString(36),\n",
      },
    ],
  },
  {
    rule: 'R3',
    mistake: 'a reconcile waits until its work in vCenter has ended',
    changes: [
      {
        file: 'src/vmgroup/reconciler.ts',
        anchor: '    const finalizersChanged = await this.#writeFinalizers(',
        replacement:
          "    while (memory.inFlight.operations.some(({ state }) => state === 'Sent'))\n" +
          '      await new Promise<void>((resolve) => this.options.clock.setTimer(100, resolve));\n' +
          '    const finalizersChanged = await this.#writeFinalizers(',
      },
    ],
  },
  {
    rule: 'R3',
    mistake: 'a clone powers on its machine',
    changes: [{ file: 'src/vsphere/calls/clone-spec.ts', anchor: 'powerOn: false', replacement: 'powerOn: true' }],
  },
  {
    rule: 'R4',
    mistake: 'every group is reconciled twice a minute, and its status is written although nothing has changed',
    changes: [
      {
        file: 'src/vmgroup/reconciler.ts',
        anchor: '    if (next === undefined) return {};',
        replacement: '    if (next === undefined) return { requeueAfterMs: 30_000 };',
      },
      {
        file: 'src/vmgroup/reconciler.ts',
        anchor: 'if (status === undefined || isDeepStrictEqual(status, before)) return undefined;',
        replacement: 'if (status === undefined || isDeepStrictEqual(status, undefined)) return undefined;',
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a group is RUNNING once its machines exist, powered on or not',
    changes: [
      {
        file: 'src/vmgroup/status/conditions.ts',
        anchor:
          "  if (current === desired && ready === desired && updated === desired && surplus === 0) {\n    return { type, status: 'True', reason: ConditionReason.AllReplicasReady",
        replacement:
          "  if (current === desired && ready >= 0) {\n    return { type, status: 'True', reason: ConditionReason.AllReplicasReady",
      },
    ],
  },
  {
    rule: 'R6',
    mistake: 'a process that once held the Lease believes that it still holds it',
    changes: [
      {
        file: 'src/kubernetes/leader-election.ts',
        anchor: '    if (this.#renewed === undefined) return false;\n    const { renewDeadlineMs }',
        replacement: '    if (this.#renewed !== undefined) return true;\n    const { renewDeadlineMs }',
      },
      {
        file: 'src/kubernetes/leader-election.ts',
        anchor: 'this.#clock.monotonicMs() < this.#renewed.monotonicMs + renewDeadlineMs &&\n',
        replacement: 'this.#renewed === undefined &&\n',
      },
      {
        file: 'src/kubernetes/leader-election.ts',
        anchor: 'this.#clock.wallMs() < this.#renewed.wallMs + renewDeadlineMs\n',
        replacement: 'renewDeadlineMs < 0\n',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a new process ignores running clones that an earlier process started',
    changes: [
      {
        file: 'src/vmgroup/act/unclaimed-clones.ts',
        anchor: '    if (this.#claims === undefined) return true;\n',
        replacement: '    if (this.#claims?.length !== -1) return false;\n',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'the finalizer is removed while a clone runs',
    changes: [
      {
        file: 'src/vmgroup/plan/deletion.ts',
        anchor: 'if (replicas.length > 0 || underWay || observed.unclaimedClones) return pending();',
        replacement: 'if (replicas.length > 0 || (underWay && leavesAll && !leavesAll)) return pending();',
      },
    ],
  },
  {
    rule: 'R8',
    mistake: 'a failed operation is tried again at once, for ever',
    changes: [
      {
        file: 'src/vmgroup/model/backoff.ts',
        anchor: '  switch (backoff) {\n',
        replacement: '  if (attempts > 0) return 0;\n  switch (backoff) {\n',
      },
    ],
  },
  {
    rule: 'R8',
    mistake: 'a failed operation is tried again only when something else happens to the group',
    changes: [
      {
        file: 'src/vmgroup/plan/gates.ts',
        anchor: ': { open: false, requeueAtMs };',
        replacement: ': { open: false };',
      },
    ],
  },
  {
    rule: 'R9',
    mistake: 'one group may take the whole lane',
    changes: [
      {
        file: 'src/vsphere/task/lane.ts',
        anchor: 'return Math.max(1, Math.floor((this.limit * 3) / 4));',
        replacement: 'return this.limit;',
      },
    ],
  },
  {
    rule: 'R9',
    mistake: 'what hangs counts against the lane for ever',
    changes: [
      {
        file: 'src/vsphere/task/dispatcher.ts',
        anchor: '{ Other: 30_000, Clone: 10 * 60_000 }',
        replacement: '{ Other: 30_000_000, Clone: 30_000_000 }',
      },
    ],
  },
  {
    rule: 'R10',
    mistake: 'the password is in the log',
    changes: [
      {
        file: 'src/vsphere/session/session.ts',
        anchor: '    this.#userName = session.userName;\n',
        replacement:
          "    this.#userName = session.userName;\n    this.#options.log.info('logged in', { account: JSON.stringify(content) });\n",
      },
    ],
  },
  {
    rule: 'R10',
    mistake: 'the log tells the key of the session, which is its cookie',
    changes: [
      {
        file: 'src/vsphere/session/session.ts',
        anchor: '    this.#userName = session.userName;\n',
        replacement:
          "    this.#userName = session.userName;\n    this.#options.log.info('logged in', { session: JSON.stringify(session) });\n",
      },
    ],
  },
  {
    rule: 'R13',
    mistake: 'work begins before the finalizer is confirmed',
    changes: [
      {
        file: 'src/vmgroup/plan/plan.ts',
        anchor: "  if (!hasFinalizer) return { ...NOTHING, actions: [{ kind: 'AddFinalizer' }] };\n",
        replacement:
          "  if (!hasFinalizer && observed.vcenter.kind !== 'Ready') return NOTHING;\n" +
          '  if (!hasFinalizer) {\n    const work = planReplicas(observed);\n' +
          "    return { ...work, actions: [...work.actions, { kind: 'AddFinalizer' }] };\n  }\n",
      },
    ],
  },
  {
    rule: 'R13',
    mistake: 'work that was planned before the stream broke is sent while the stream is down',
    changes: [
      {
        file: 'src/vsphere/connection.ts',
        anchor: "      mayStart: () => this.#status.kind === 'Ready' && !this.#stream.isOverdue,\n",
        replacement: '      mayStart: () => true,\n',
      },
      {
        file: 'src/vmgroup/dispatch.ts',
        anchor: " && mayMutate() && vcenter.connection.status.kind === 'Ready';",
        replacement: ' && mayMutate();',
      },
      {
        file: 'src/vmgroup/reconciler.ts',
        anchor: '    if (vcenter !== undefined && isRecorded)\n',
        replacement: "    if (vcenter !== undefined && isRecorded && view.kind === 'Ready')\n",
      },
    ],
  },
  ...ADDRESS_BUGS,
  ...ROLLOUT_BUGS,
  ...PLACEMENT_BUGS,
  ...CLONE_BUGS,
  ...DECISION_BUGS,
  ...PEOPLE_BUGS,
  ...VCENTER_BUGS,
];
