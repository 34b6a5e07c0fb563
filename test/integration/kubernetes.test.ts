/** src/kubernetes on a real API server: one server for all of it. */
import { afterAll, beforeAll } from 'vitest';
import { testConnections } from './kubernetes-connections';
import { testReflector } from './kubernetes-reflector';
import { testRequests } from './kubernetes-requests';
import { KubernetesWorld } from './kubernetes-world';

let world: KubernetesWorld;
beforeAll(async () => {
  world = await KubernetesWorld.start();
});
afterAll(() => world?.stop());

testRequests(() => world);
testConnections(() => world);
testReflector(() => world);
