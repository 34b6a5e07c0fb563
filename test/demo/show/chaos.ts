/** `--chaos`: a mild, drawn mixture of failures between the operator and its vCenter. The story must still succeed. */
import { type Clock, systemClock } from '../../../src/time/clock';
import { type Random, seededRandom } from '../../../src/time/random';
import { type Rule, startVCenterProxy, type VCenterProxy } from '../../envtest/proxies/vcenter-proxy';
import type { Vcsim } from '../../envtest/real-parts';

/** Starts the proxy with rules that the seed decides. */
export async function startChaos(vcsim: Vcsim, seed: number, clock: Clock = systemClock): Promise<VCenterProxy> {
  const random = seededRandom(seed);
  const proxy = await startVCenterProxy(vcsim, { clock, random });
  for (const rule of mildFailures(random)) proxy.add(rule);
  return proxy;
}

/** Failures after which the operator waits long are rare, because each step of the story must end within a minute. */
export function mildFailures(random: Random): readonly Rule[] {
  const upTo = (highest: number) => highest * random();
  const html = '<html><body>502 Bad Gateway</body></html>';
  const noRoom = { type: 'SystemError', fieldsXml: '<reason>chaos</reason>', text: 'A general system error occurred.' };
  return [
    { chance: upTo(0.03), failure: { kind: 'ResetBefore' } },
    { chance: upTo(0.03), failure: { kind: 'ResetAfter' } },
    { chance: upTo(0.02), failure: { kind: 'Truncate' } },
    { chance: upTo(0.01), times: 3, failure: { kind: 'ExpireSession' } },
    { chance: upTo(0.02), times: 2, failure: { kind: 'Status', status: 502, html } },
    {
      methods: ['CloneVM_Task', 'PowerOnVM_Task'],
      chance: upTo(0.1),
      times: 3,
      failure: { kind: 'TaskFault', fault: noRoom },
    },
    { methods: ['WaitForUpdatesEx'], chance: upTo(0.3), failure: { kind: 'SlowBody', pieces: 5, pauseMs: 30 } },
    { chance: upTo(0.5), failure: { kind: 'Latency', ms: Math.round(20 + upTo(200)) } },
  ];
}
