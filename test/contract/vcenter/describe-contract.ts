/** What every VCenterConnection promises: one suite for the real connection and for the model. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'vitest';
import { promiseCalls } from './call-promises';
import { ContractStage } from './contract-stage';
import type { ContractWorld } from './contract-world';
import { promiseInventory } from './inventory-promises';
import { promisePolicies } from './policy-promises';
import { promiseSessions } from './session-promises';

/** `losesCalls`: whether the world can lose a request or a reply. */
export function describeVCenterContract(
  name: string,
  makeWorld: () => Promise<ContractWorld>,
  { losesCalls = true }: { readonly losesCalls?: boolean } = {},
): void {
  describe(`a connection to ${name}`, () => {
    const stage = new ContractStage();
    beforeAll(() => stage.open(makeWorld));
    afterAll(() => stage.world.stop());
    beforeEach(() => stage.connect());
    afterEach(() => stage.here.stop());

    promiseInventory(stage);
    promiseCalls(stage);
    promiseSessions(stage, losesCalls ? test : () => undefined);
    promisePolicies(stage);
  });
}
