/** `vm-operator status`: shows groups as the API server has them. Changes nothing, and reads no vCenter. */
import { followGroups } from './follow-groups';
import { groupView } from './group-view';
import { groupSource, readGroups } from './shown-groups';
import type { StatusOptions } from './status-options';
import { statusJson, statusText } from './status-text';

/** Resolves with the exit code 0. Rejects when there is nothing to show: with a StatusError, ApiError or KubeConfigError. */
export async function runStatus(options: StatusOptions, signal: AbortSignal): Promise<number> {
  const { flags, clock, screen, print } = options;
  const source = groupSource(flags, clock);
  try {
    // Also before it follows: a reflector would go on trying where the first answer is no.
    const groups = await readGroups(source, signal);
    if (flags.watch) await followGroups(source, groups, options, signal);
    else {
      const views = groups.map(groupView);
      const text =
        flags.output === 'json'
          ? statusJson(views, source.choice, 2)
          : statusText(views, source.choice, clock.wallMs(), screen()).join('\n');
      print(`${text}\n`);
    }
    return 0;
  } finally {
    source.server.close();
  }
}
