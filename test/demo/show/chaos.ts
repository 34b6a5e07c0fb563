/** `--chaos`: a mild, drawn mixture of trouble between the operator and its vCenter. The story must succeed all the same. */
import { type Clock, systemClock } from '../../../src/time/clock';
import { type Random, seededRandom } from '../../../src/time/random';
import { type Rule, startVCenterProxy, type VCenterProxy } from '../../envtest/proxies/vcenter-proxy';
import type { Vcsim } from '../../envtest/real-parts';

/** Starts the proxy with rules that follow from the seed alone. */
export async function startChaos(vcsim: Vcsim, seed: number, clock: Clock = systemClock): Promise<VCenterProxy> {
  const random = seededRandom(seed);
  const proxy = await startVCenterProxy(vcsim, { clock, random });
  for (const rule of mildTrouble(random)) proxy.add(rule);
  return proxy;
}

/** Seconds matter to the story, so that what makes the operator wait longer is rare. */
export function mildTrouble(random: Random): readonly Rule[] {
  const upTo = (highest: number) => highest * random();
  const html = '<html><body>502 Bad Gateway</body></html>';
  const noRoom = { type: 'SystemError', fieldsXml: '<reason>chaos</reason>', text: 'A general system error occurred.' };
  return [
    { chance: upTo(0.03), trouble: { kind: 'ResetBefore' } },
    { chance: upTo(0.03), trouble: { kind: 'ResetAfter' } },
    { chance: upTo(0.02), trouble: { kind: 'Truncate' } },
    { chance: upTo(0.01), times: 3, trouble: { kind: 'ExpireSession' } },
    { chance: upTo(0.02), times: 2, trouble: { kind: 'Status', status: 502, html } },
    {
      methods: ['CloneVM_Task', 'PowerOnVM_Task'],
      chance: upTo(0.1),
      times: 3,
      trouble: { kind: 'TaskFault', fault: noRoom },
    },
    { methods: ['WaitForUpdatesEx'], chance: upTo(0.3), trouble: { kind: 'SlowBody', pieces: 5, pauseMs: 30 } },
    { chance: upTo(0.5), trouble: { kind: 'Latency', ms: Math.round(20 + upTo(200)) } },
  ];
}
