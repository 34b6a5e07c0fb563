import { inject } from 'vitest';
import { apiServerConformance } from '../contract/kubernetes/conformance-suite';
import { realWorld } from '../contract/kubernetes/real-world';

apiServerConformance('kube-apiserver behind fault proxies', () => realWorld(inject('binaries')));
