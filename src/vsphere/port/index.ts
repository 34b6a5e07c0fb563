/** What one vCenter offers to the rest of the program: types, and two pure functions on references. */
export * from './attribute-calls';
export * from './call-context';
export * from './calls';
export * from './certificate';
export * from './clone-request';
export * from './cluster-rules';
export * from './connection';
export * from './failure';
export * from './inventory';
export * from './managed-object';
export * from './virtual-disk';
export * from './work';
