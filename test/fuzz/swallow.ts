/**
 * A process of its own that takes the answers of a server, one after the other, with as little heap as Node has within the
 * 256 MiB of the Deployment. It prints how each call ended, and the most memory that it had. Its argument is JSON.
 */
import { systemClock } from '../../src/time/clock';
import { HttpsTransport } from '../../src/vsphere/transport/https-transport';
import { SoapTransport } from '../../src/vsphere/transport/soap/soap-transport';
import { Trust } from '../../src/vsphere/transport/trust';
import { VsphereError } from '../../src/vsphere/vim25/vsphere-error';

export interface Meal {
  readonly transport: 'https' | 'soap';
  readonly port: number;
  readonly caBundle: string;
  /** How many calls. The server knows which one it answers by its operationID, which is its number. */
  readonly calls: number;
}

export interface Digested {
  readonly codes: readonly string[];
  readonly peakMiB: number;
}

async function swallow({ transport: name, port, caBundle, calls }: Meal): Promise<Digested> {
  const Transport = name === 'https' ? HttpsTransport : SoapTransport;
  const trust = new Trust({ caBundle }, systemClock);
  const transport = new Transport({ address: { host: '127.0.0.1', port }, trust, clock: systemClock });
  const self = { type: 'PropertyCollector', value: 'pc' };
  const codes: string[] = [];
  for (let call = 0; call < calls; call += 1) {
    const context = { operationId: String(call), signal: new AbortController().signal };
    const read = transport.invoke('RetrievePropertiesEx', self, { specSet: [], options: {} }, context);
    codes.push(
      await read.then(
        () => 'none',
        (error) => VsphereError.from(error).code,
      ),
    );
  }
  return { codes, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) };
}

void swallow(JSON.parse(process.argv[2] ?? '')).then((digested) => {
  process.stdout.write(JSON.stringify(digested));
  process.exit(0);
});
