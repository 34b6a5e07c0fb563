/** A vCenter in memory. Start reading at vcenter-model.ts; chance.ts lists what a seed decides. */
export {
  drawFaults,
  drawQuirks,
  type FaultWeights,
  NO_FAULTS,
  oneOf,
  PLAIN_QUIRKS,
  type Quirks,
  withinMagnitudes,
} from './chance';
export { STORED_CUSTOMIZATION } from './customization';
export { LANDMARK } from './landmarks';
export type { ModelGuest, ModelMachine } from './objects';
export type { CallWatch, Fate, SeenCall } from './transport';
export { MODEL_ACCOUNT, VCenterModel } from './vcenter-model';
