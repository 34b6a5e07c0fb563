import { inject } from 'vitest';
import { apiServerConformance } from '../kubernetes/conformance-suite';
import { realWorld } from '../kubernetes/real-world';

apiServerConformance('kube-apiserver behind fault proxies', () => realWorld(inject('binaries')));
