/** `npm run kustomize` writes the kustomize base. The first argument is the folder; for options see `installOptions`. */
import { installOptions } from './install';
import { writeKustomizeBase } from './kustomize-base';

writeKustomizeBase(process.argv[2] ?? 'lib/kustomize', installOptions(process.env));
