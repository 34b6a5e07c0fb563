/** Failures between a client and the vCenter simulator, by rules of a test. Start reading at rules.ts. */
export type { Failure, FaultSpec, Rule } from './rules';
export { type RecordedCall, startVCenterProxy, type VCenterProxy } from './vcenter-proxy';
