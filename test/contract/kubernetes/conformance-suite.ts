/** What src/kubernetes and the operator rely on: one suite for kube-apiserver and for the model. */
import { afterAll, beforeAll, describe } from 'vitest';
import { clientConformance } from './client-conformance';
import { ConformanceStage } from './conformance-stage';
import type { ConformanceWorld } from './conformance-world';
import { objectConformance } from './object-conformance';
import { reflectorConformance } from './reflector-conformance';
import { restoreConformance } from './restore-conformance';
import { statusConformance } from './status-conformance';
import { watchConformance } from './watch-conformance';

export function apiServerConformance(name: string, makeWorld: () => Promise<ConformanceWorld>): void {
  describe(name, () => {
    const stage = new ConformanceStage();
    beforeAll(() => stage.open(makeWorld));
    afterAll(() => stage.close());

    objectConformance(stage);
    statusConformance(stage);
    watchConformance(stage);
    reflectorConformance(stage);
    clientConformance(stage);
    restoreConformance(stage);
  });
}
