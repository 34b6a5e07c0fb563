/**
 * What one vCenter offers to the rest of the program. Other rooms build against this folder, and both the real connection
 * and the in-memory model of the tests stand behind it.
 */
export * from './calls';
export * from './connection';
export * from './failure';
export * from './inventory';
export * from './managed-object';
export * from './work';
