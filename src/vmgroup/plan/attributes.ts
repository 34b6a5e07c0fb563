import { attributesDue } from '../model/attributes';
import type { Observation, Replica } from '../model/observation';
import { predecessorQuietAtMs } from './gates';
import type { Step } from './step';

/** For a machine that nothing else is to be done to: what people see of it in vCenter waits for all that a guest notices. */
export function stepForAttributes(replica: Replica, observed: Observation): Step {
  const parts = attributesDue(replica, observed);
  if (parts.length === 0) return {};
  // R7: no task and no order keeps a value apart from one that an earlier process sent right before it died.
  const quietAtMs = predecessorQuietAtMs(observed);
  if (quietAtMs !== undefined) return { requeueAtMs: quietAtMs };
  return { step: { kind: 'WriteAttributes', replica, parts } };
}
