import { runToSuccess } from '../run-command';
import { findGoTool, type GoTool } from './go-tool';

/** v0.316.0 of the Go module is Prometheus 3.16. The tag leaves out the clients of all clouds, for targets are in a file. */
const PROMETHEUS = { version: 'v0.316.0', tags: 'remove_all_sd' } as const;
const SERVER: GoTool = {
  ...PROMETHEUS,
  ...{
    name: 'prometheus',
    package: 'github.com/prometheus/prometheus/cmd/prometheus',
    variable: 'VM_OPERATOR_PROMETHEUS',
  },
};
const PROMTOOL: GoTool = {
  ...PROMETHEUS,
  ...{ name: 'promtool', package: 'github.com/prometheus/prometheus/cmd/promtool', variable: 'VM_OPERATOR_PROMTOOL' },
};

/** Path of the Prometheus server. The two are built once, in some four minutes on two cores. */
export function findPrometheus(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(SERVER, environment, signal);
}

/** Path of the tool that checks rules and plays them on series. */
export function findPromtool(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  return findGoTool(PROMTOOL, environment, signal);
}

/** The newest version of the module that module proxies have. */
const PROMETHEUS_OPERATOR = 'github.com/prometheus-operator/prometheus-operator@v0.85.0';

/** Folder with the CRDs of the Prometheus operator, a YAML file each, from its Go module. */
export async function prometheusOperatorCrds(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const goEnvironment = { ...environment, GOWORK: 'off', GOFLAGS: '' };
  const answer = await runToSuccess(
    'go',
    ['mod', 'download', '-json', PROMETHEUS_OPERATOR],
    { environment: goEnvironment },
    signal,
  );
  const { Dir: folder }: { Dir: string } = JSON.parse(answer);
  return `${folder}/example/prometheus-operator-crd`;
}
