/** Our objects under the controllers of a cluster: one kube-controller-manager for all of it. */
import { beforeAll } from 'vitest';
import { findKubeControllerManager } from '../../envtest/binaries/kube-controller-manager';
import { buildIfDue } from '../command';
import { fileSpan } from '../file-span';
import { testAutoscaler } from './autoscaler';
import { testGarbageCollection } from './garbage';
import { testNamespaces, testNamespaceWithRoles } from './namespaces';
import { testQuota } from './quota';
import { ControlledCluster } from './world';

/** Building kube-controller-manager takes minutes, once. */
const BUILD_MS = 1_200_000;

const span = fileSpan();
let cluster: ControlledCluster;

beforeAll(buildIfDue);
beforeAll(async () => {
  await findKubeControllerManager(process.env, new AbortController().signal);
}, BUILD_MS);
beforeAll(async () => {
  cluster = await ControlledCluster.start(span);
});

testNamespaces(() => cluster);
testGarbageCollection(() => cluster);
testQuota(() => cluster);
testAutoscaler(() => cluster, span);
testNamespaceWithRoles(() => cluster);
