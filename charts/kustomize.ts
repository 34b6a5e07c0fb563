/** `npm run kustomize` writes the kustomize base; the folder is the first argument. */
import { writeKustomizeBase } from './kustomize-base';

writeKustomizeBase(process.argv[2] ?? 'lib/kustomize');
