/** Calls per second over one connection, one after the other: our transport, and that over node-vsphere-soap. */
import { systemClock } from '../../../src/time/clock';
import { seededRandom } from '../../../src/time/random';
import { connectVCenter, staticCredentials } from '../../../src/vsphere';
import { TransportKind } from '../../../src/vsphere/transport/transport';
import { startUpdateServer } from './update-server';

const CALLS = 2_000;

export async function benchCalls(): Promise<{ readonly ours: number; readonly soap: number }> {
  const server = await startUpdateServer(1);
  try {
    const perSecond = async (transportKind: TransportKind): Promise<number> => {
      const stopping = new AbortController();
      const connection = connectVCenter({
        server: { host: '127.0.0.1', port: server.port },
        trust: { fingerprints: [server.fingerprint] },
        credentials: staticCredentials({ userName: 'u', password: 'p' }),
        watchedExtraConfigKeys: [],
        clock: systemClock,
        random: seededRandom(1),
        transportKind,
      });
      const ready = new Promise<void>((resolve) => {
        connection.onStatus(({ kind }) => kind === 'Ready' && resolve());
      });
      const run = connection.run(stopping.signal);
      await ready;
      const call = { operationId: 'bench', signal: stopping.signal };
      const many = async (calls: number) => {
        for (let turn = 0; turn < calls; turn += 1) await connection.calls.findByInstanceUuid('u', call);
      };
      await many(200);
      const startMs = systemClock.monotonicMs();
      await many(CALLS);
      const tookMs = systemClock.monotonicMs() - startMs;
      stopping.abort();
      await run;
      return (CALLS * 1000) / tookMs;
    };
    const ours = await perSecond(TransportKind.Https);
    return { ours, soap: await perSecond(TransportKind.Soap) };
  } finally {
    server.close();
  }
}
