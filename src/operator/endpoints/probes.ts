import type { ConnectionStatus } from '../../vsphere';
import type { Answer, Routes } from './http-endpoint';

/** One part of readiness: undefined when it is fine, else a sentence that says what is missing. Anybody may read it. */
export type Check = () => string | undefined;

/**
 * /healthz: the process runs. /readyz: all checks hold; `?exclude=NAME` leaves one out, as in kube-apiserver. The
 * Deployment's probe leaves vcenter out: an unreachable vCenter must not restart or replace the operator.
 */
export function probeRoutes(checks: Readonly<Record<string, Check>>): Routes {
  return {
    '/healthz': () => ({ status: 200, contentType: 'text/plain', body: 'ok\n' }),
    '/readyz': (query) =>
      readiness(
        checks,
        query.getAll('exclude').flatMap((names) => names.split(',')),
      ),
  };
}

function readiness(checks: Readonly<Record<string, Check>>, excluded: readonly string[]): Answer {
  const lines = Object.entries(checks).map(([name, check]) => {
    if (excluded.includes(name)) return { ok: true, text: `[+]${name} excluded: ok` };
    const problem = check();
    return problem === undefined
      ? { ok: true, text: `[+]${name} ok` }
      : { ok: false, text: `[-]${name} failed: ${problem}` };
  });
  const ok = lines.every((line) => line.ok);
  const body = [...lines.map(({ text }) => text), ok ? 'readyz check passed' : 'readyz check failed', ''].join('\n');
  return { status: ok ? 200 : 503, contentType: 'text/plain', body };
}

/** What is missing at the vCenters, without their names, accounts and what they answered: those are in the log. */
export function describeStatuses(statuses: readonly ConnectionStatus[]): string | undefined {
  const problems = statuses.flatMap((status) => describeStatus(status) ?? []);
  const [first] = problems;
  if (first === undefined || statuses.length === 1) return first;
  return `${problems.length} of ${statuses.length} vCenters: ${[...new Set(problems)].join('; ')}`;
}

function describeStatus(status: ConnectionStatus): string | undefined {
  switch (status.kind) {
    case 'Ready':
      return undefined;
    case 'Connecting':
      return 'the inventory has not been read completely yet';
    case 'Failed':
      return `${status.error.code}, see the log`;
  }
}
