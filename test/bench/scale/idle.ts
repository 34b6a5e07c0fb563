/** An operator whose groups are all as they shall be. */
import { sleep, systemClock } from '../../../src/time/clock';
import type { OperatorProcess } from '../../envtest/real-parts';
import { figuresOf } from './operator-figures';
import { told } from './told';
import { callsOf } from './vcenter';
import type { ScaleWorld } from './world';

const forever = new AbortController().signal;

/** Returns its share of one core, in percent. */
export async function measureIdle(world: ScaleWorld, operator: OperatorProcess): Promise<number> {
  const { idleMinutes } = world.options;
  await world.vcenter.forget();
  const before = await figuresOf(operator);
  await sleep(systemClock, idleMinutes * 60_000, forever);
  const after = await figuresOf(operator);
  const atVCenter = await world.vcenter.figures();
  const percent = (after.cpuMs - before.cpuMs) / (idleMinutes * 600);
  told({ what: `idle for ${idleMinutes} min: processor`, value: percent, unit: '% of a core', atMost: 1 });
  const { WaitForUpdatesEx: waits = 0, ...others } = atVCenter.calls;
  const which = Object.entries(others).map(([method, count]) => `${count} ${method}`);
  told({
    what: `  calls to vCenter${which.length > 0 ? ` (${which.join(', ')})` : ''}`,
    value: callsOf(atVCenter) / idleMinutes,
    unit: 'per min',
  });
  told({ what: '  waits for news', value: waits / idleMinutes, unit: 'per min' });
  told({ what: '  received from vCenter', value: atVCenter.sentBytes / (idleMinutes * 60), unit: 'bytes/s' });
  told({
    what: '  requests to the API server',
    value: (after.requests - before.requests) / idleMinutes,
    unit: 'per min',
  });
  told({ what: '  resident', value: after.residentMB, unit: 'MB' });
  return percent;
}
