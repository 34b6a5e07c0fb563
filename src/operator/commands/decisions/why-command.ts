/** `vm-operator why`: tells the last decisions about a group, from the running operators or from a dump. */
import { connectApiServer, namespaceOfContext } from '../../../kubernetes';
import { DumpError, type ReadDecision } from '../../../vmgroup/decisions/decision-line';
import { type ToldDecision, toldDecision } from '../../../vmgroup/preview/told-decision';
import { leaseNamespace } from '../../settings/lease-namespace';
import { VERSION } from '../../telemetry/version';
import { askOperators } from './ask-operators';
import { DecisionError } from './decision-error';
import type { WhyFlags } from './decision-flags';
import type { DecisionOptions } from './decision-options';
import { type DumpSource, fileSources, readDump } from './dump';
import { whyText } from './why-text';

/** Resolves with the exit code 0. Rejects when there is nothing to tell: with a DecisionError, ApiError or KubeConfigError. */
export async function runWhy(options: DecisionOptions<WhyFlags>, signal: AbortSignal): Promise<number> {
  const { flags, screen, print, warn, standardInput } = options;
  const { files, name, output } = flags;
  const sources = files.length > 0 ? fileSources(files, standardInput) : await sourcesOfOperators(options, signal);
  const { decisions, problems } = await readDump(sources);
  for (const problem of problems) warn(problem);
  const chosen = decisions.filter((decision) => isChosen(decision, flags));
  if (chosen.length === 0) throw new DecisionError('NoDecision', nothingAbout(decisions, name, problems));
  const told = [...Map.groupBy(chosen, ({ group }) => group).values()].flatMap((all) => toldOf(all, flags.last, warn));
  print(`${output === 'json' ? JSON.stringify(told, null, 2) : whyText(told, screen).join('\n')}\n`);
  return 0;
}

async function sourcesOfOperators(
  { flags, clock, environment, warn }: DecisionOptions<WhyFlags>,
  signal: AbortSignal,
): Promise<readonly DumpSource[]> {
  const { kubeconfig, context, name } = flags;
  const server = connectApiServer({
    ...{ clock, userAgent: `codeconnect-vm-operator/${VERSION}` },
    ...(kubeconfig !== undefined && { kubeconfigFile: kubeconfig }),
    ...(context !== undefined && { context }),
  });
  try {
    const group = `${flags.namespace ?? namespaceOfContext(kubeconfig, context)}/${name}`;
    const namespace = flags.operatorNamespace ?? leaseNamespace(environment);
    const { sources, problems } = await askOperators(server, { group, namespace }, signal);
    for (const problem of problems) warn(problem);
    if (sources.length === 0) throw new DecisionError('NoDecision', `no operator has decided anything about ${group}`);
    return sources;
  } finally {
    server.close();
  }
}

function isChosen({ group }: ReadDecision, { namespace, name }: WhyFlags): boolean {
  const slash = group.indexOf('/');
  return (
    (namespace === undefined || group.slice(0, slash) === namespace) &&
    (name === undefined || group.slice(slash + 1) === name)
  );
}

function nothingAbout(
  decisions: readonly ReadDecision[],
  name: string | undefined,
  problems: readonly string[],
): string {
  if (decisions.length === 0 && problems.length > 0) return 'no decision could be read: see above';
  const groups = [...new Set(decisions.map(({ group }) => group))];
  const others =
    groups.length === 0 ? '' : `; it has ${groups.slice(0, 10).join(', ')}${groups.length > 10 ? ' and others' : ''}`;
  return `the dump has no decision about ${name ?? 'this namespace'}${others}`;
}

/** One that cannot be told stands in the way of no other. */
function toldOf(all: readonly ReadDecision[], last: number, warn: (line: string) => void): readonly ToldDecision[] {
  const first = Math.max(0, all.length - last);
  return all.slice(first).flatMap((decision, index) => {
    try {
      return [toldDecision(decision, all[first + index - 1])];
    } catch (error) {
      if (!(error instanceof DumpError)) throw error;
      warn(`${decision.group} at ${new Date(decision.atMs).toISOString()}: ${error.message}`);
      return [];
    }
  });
}
