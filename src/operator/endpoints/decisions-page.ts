import type { DecisionLog } from '../../vmgroup/decisions/decision-log';
import { DECISIONS_PATH } from '../settings/decisions-path';
import type { Routes } from './http-endpoint';

/**
 * The kept decisions as lines of a dump: those of `?group=NAMESPACE/NAME`, or of all groups. They tell names, addresses and
 * placement of all machines, so an endpoint that everybody may ask does not have them.
 */
export function decisionRoutes(decisions: Pick<DecisionLog, 'lines'>, access: 'Open' | 'Protected'): Routes {
  const contentType = 'text/plain';
  return {
    [DECISIONS_PATH]: (query) => {
      if (access === 'Open')
        return { status: 404, contentType, body: 'decisions are told with --metrics-secure only; or send SIGUSR2\n' };
      const lines = [...decisions.lines(query.get('group') ?? undefined)];
      return { status: 200, contentType, body: lines.map((line) => `${line}\n`).join('') };
    },
  };
}
