/** `npm run helm` writes the Helm chart. The first argument is the folder; `VM_OPERATOR_IMAGE` is its image, as for synth. */
import { name, version } from '../package.json';
import { writeHelmChart } from './helm-chart';
import { installOptions } from './install';

writeHelmChart(process.argv[2] ?? `lib/helm/${name}`, { name, version, image: installOptions(process.env).image });
