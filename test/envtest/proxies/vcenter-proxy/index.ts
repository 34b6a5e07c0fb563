/** Trouble on order between a client and the vCenter simulator. Start reading at rules.ts. */
export type { Failure, FaultSpec, Rule } from './rules';
export { type RecordedCall, startVCenterProxy, type VCenterProxy } from './vcenter-proxy';
