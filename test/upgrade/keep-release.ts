/** `npm run release-operator`, after `npm run build` and `npm run synth`: keeps what was built as the last release. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keepRelease } from './release';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

keepRelease({
  operator: read('lib/vm-operator.js'),
  crds: read('dist/crds.k8s.yaml'),
  installation: read('dist/operator.k8s.yaml'),
});
