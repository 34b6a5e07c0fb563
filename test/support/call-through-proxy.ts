/**
 * A process of its own: one call through a proxy, to a vCenter or to an API server. It prints what came of it. Its
 * arguments are JSON. For tests of what the environment of a process must not change.
 */
import { connectApiServer } from '../../src/kubernetes/api-server';
import { systemClock } from '../../src/time/clock';
import { HttpsTransport } from '../../src/vsphere/transport/https-transport';
import { proxyFromEnvironment } from '../../src/vsphere/transport/proxy';
import { Trust } from '../../src/vsphere/transport/trust';

export type ProxiedCall =
  | { readonly to: 'vCenter'; readonly caBundle: string }
  | { readonly to: 'API server'; readonly kubeconfigFile: string };

const signal = new AbortController().signal;

async function call(what: ProxiedCall): Promise<unknown> {
  if (what.to === 'API server') {
    const { kubeconfigFile } = what;
    const server = connectApiServer({ clock: systemClock, kubeconfigFile, userAgent: 'test' });
    return await server.request({ method: 'GET', path: '/version' }, signal);
  }
  const address = { host: 'vcenter.example.com', port: 443 };
  const proxy = proxyFromEnvironment(process.env, address);
  const trust = new Trust({ caBundle: what.caBundle }, systemClock);
  const transport = new HttpsTransport({ address, trust, clock: systemClock, proxy });
  const self = { type: 'Folder', value: 'group-1' };
  return await transport.invoke('CreateFolder', self, { name: 'n' }, { operationId: 'test', signal });
}

const tell = (outcome: string) => {
  process.stdout.write(outcome);
  process.exit(0);
};
call(JSON.parse(process.argv[2] ?? '')).then(
  (value) => tell(`answered ${JSON.stringify(value)}`),
  (error: Error) => tell(`failed ${error.message}`),
);
