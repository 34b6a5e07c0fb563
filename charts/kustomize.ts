/** `npm run kustomize` writes the kustomize base. The first argument is the folder. */
import { writeKustomizeBase } from './kustomize-base';

writeKustomizeBase(process.argv[2] ?? 'lib/kustomize');
