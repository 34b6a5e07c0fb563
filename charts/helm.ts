/** `npm run helm` writes the Helm chart. The first argument is the folder. */
import { name, version } from '../package.json';
import { writeHelmChart } from './helm-chart';

writeHelmChart(process.argv[2] ?? `lib/helm/${name}`, { name, version });
