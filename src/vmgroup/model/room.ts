/** The room that limits leave to a group, and what does not fit into it (R15). */
import type { ConditionReason } from '../../api/reasons';
import type { Amount, Excess, Limits, Usage } from './limits';

/** What a plan goes by. The same is decided again when work is sent. */
export interface Room {
  readonly limits: Limits;
  /** Whose they are, such as `VCenter lab`. */
  readonly source: string;
  /**
   * What is not for this group: machines that exist, its own too; its work in flight; and the places that others hold. What
   * the group holds for steps that it may take is left out: the plan takes it anew.
   */
  readonly used: Usage;
  /** Machines that exist. */
  readonly present: Usage;
  /** Clones of an earlier process may still add machines: until they are seen, nobody knows what fits. */
  readonly isUncertain: boolean;
}

/** A step that does not fit. Its effect: a machine is not made, not replaced, keeps its size, or is not adopted. */
export type LimitedStep = 'Create' | 'Replace' | 'Grow' | 'Adopt';

/** Reasons of the condition WithinLimits. */
export type LimitReason = (typeof ConditionReason)['PerVMLimit' | 'NamespaceQuota' | 'TotalQuota'];

/** What a plan leaves out for a limit. */
export interface Shortage {
  readonly reason: LimitReason;
  readonly step: LimitedStep;
  /** How many replicas wait. */
  readonly replicas: number;
  /** Of the first of them. */
  readonly excess: Excess;
  /** What all of them need in the field of the excess, in its unit. */
  readonly asked: number;
  /** What has to be free for the first of them; undefined where waiting brings nothing (PerVMLimit). */
  readonly waitsFor?: Amount;
  /** It would not fit beside the group's own machines alone: nobody else can make room for it. */
  readonly needsPerson: boolean;
}
