/** Condition types of a VmGroup and the reasons in use. Names are part of the API: people and tools match on them. */
export const ConditionType = {
  Ready: 'Ready',
  Available: 'Available',
  Progressing: 'Progressing',
  Stalled: 'Stalled',
  VCenterReady: 'VCenterReady',
  PlacementReady: 'PlacementReady',
  ConfigSynced: 'ConfigSynced',
  Paused: 'Paused',
  Deleting: 'Deleting',
} as const;
export type ConditionType = (typeof ConditionType)[keyof typeof ConditionType];

export const Phase = { Running: 'RUNNING', Pending: 'PENDING', Error: 'ERROR' } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];

/** Class of a replica's fault: what has to happen before it can succeed. */
export const FaultClass = { Retryable: 'Retryable', Capacity: 'Capacity', NeedsUser: 'NeedsUser' } as const;
export type FaultClass = (typeof FaultClass)[keyof typeof FaultClass];
