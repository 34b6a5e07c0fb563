import type { VmGroupStatusCondition } from '../../api/vm-group';

/** A condition before its times. */
export type ConditionDraft = Pick<VmGroupStatusCondition, 'type' | 'status' | 'reason' | 'message'>;
