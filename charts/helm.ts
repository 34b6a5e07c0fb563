/** `npm run helm` writes the Helm chart; the folder is the first argument. */
import { name, version } from '../package.json';
import { writeHelmChart } from './helm-chart';

writeHelmChart(process.argv[2] ?? `lib/helm/${name}`, { name, version });
