/** Condition types and phases of a VmGroup. Names are part of the API: people and tools match on them. */
export const ConditionType = {
  Ready: 'Ready',
  Available: 'Available',
  Progressing: 'Progressing',
  Stalled: 'Stalled',
  VCenterReady: 'VCenterReady',
  PlacementReady: 'PlacementReady',
  MachinesAdopted: 'MachinesAdopted',
  WithinLimits: 'WithinLimits',
  ConfigSynced: 'ConfigSynced',
  Paused: 'Paused',
  Deleting: 'Deleting',
} as const;
export type ConditionType = (typeof ConditionType)[keyof typeof ConditionType];

export const Phase = { Running: 'RUNNING', Stopped: 'STOPPED', Pending: 'PENDING', Error: 'ERROR' } as const;
export type Phase = (typeof Phase)[keyof typeof Phase];
