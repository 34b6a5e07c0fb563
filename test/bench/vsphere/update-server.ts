/** A vCenter that has only an update stream: machines in pages, and then changes. */
import { createServer } from 'node:https';
import { systemClock } from '../../../src/time/clock';
import { makeSelfSigned } from '../../envtest/proxies/vcenter-proxy/self-signed-certificate';
import { methodOf } from '../../envtest/proxies/vcenter-proxy/soap-message';
import {
  answerOf,
  machineDetails,
  machineProperties,
  machinesAnswer,
  type Update,
  updateAnswer,
  value,
} from './answers';

const PAGE = 1_000;

export interface UpdateServer {
  readonly machines: number;
  readonly port: number;
  readonly fingerprint: string;
  /** Renames `count` machines in one answer. Each new name contains the time at which the answer is written. */
  change(count: number): void;
  close(): void;
}

export async function startUpdateServer(machines: number): Promise<UpdateServer> {
  const { keyPem, certificatePem, fingerprint } = makeSelfSigned(systemClock);
  const pages: string[] = [];
  for (let first = 0; first < machines; first += PAGE) {
    const updates: Update[] = [];
    for (let index = first; index < Math.min(machines, first + PAGE); index += 1)
      updates.push({ kind: 'enter', index, properties: machineProperties(index) });
    pages.push(updateAnswer(first + 1, updates, first + PAGE < machines ? 'Truncated' : 'Complete'));
  }
  let version = machines;
  let changed = 0;
  /** Number of filters. Updates come from the first one, which has the machines. */
  let filters = 0;
  let due = 0;
  let waiting: ((body: string) => void) | undefined;
  const sendChanges = () => {
    if (waiting === undefined || due === 0) return;
    const updates: Update[] = [];
    for (let turn = 0; turn < due; turn += 1) {
      const index = (changed * 7919) % machines;
      changed += 1;
      updates.push({
        kind: 'modify',
        index,
        properties: [value('name', 'xsd:string', `at-${process.hrtime.bigint()}-${changed}`)],
      });
    }
    due = 0;
    version += 1;
    const answer = waiting;
    waiting = undefined;
    answer(updateAnswer(version, updates, 'Complete'));
  };
  const server = createServer(
    { key: keyPem, cert: certificatePem, keepAliveTimeout: 600_000 },
    (incoming, outgoing) => {
      const send = (body: string) => {
        outgoing.writeHead(200, {
          'content-type': 'text/xml; charset="utf-8"',
          'content-length': Buffer.byteLength(body),
        });
        outgoing.end(body);
      };
      let request = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        request += text;
      });
      incoming.once('end', () => {
        if (incoming.method === 'GET') {
          send(VERSIONS);
          return;
        }
        const method = methodOf(request);
        if (method === 'CreateFilter') {
          filters += 1;
          send(answerOf(method, returned('PropertyFilter', `filter-${filters}`)));
          return;
        }
        if (method === 'RetrievePropertiesEx') {
          send(machinesAnswer(machines, machineDetails));
          return;
        }
        if (method !== 'WaitForUpdatesEx') {
          send(answerOf(method, ANSWERS[method] ?? ''));
          return;
        }
        const seen = /<version>(\d*)<\/version>/.exec(request)?.[1] ?? '';
        const page = pages[seen === '' ? 0 : Math.ceil(Number(seen) / PAGE)];
        if (page !== undefined && (seen === '' || Number(seen) < machines - PAGE + 1)) send(page);
        else {
          waiting = send;
          sendChanges();
        }
      });
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    machines,
    port: address.port,
    fingerprint,
    change: (count) => {
      due += count;
      sendChanges();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const VERSIONS =
  '<?xml version="1.0" encoding="UTF-8"?><namespaces version="1.0"><namespace><name>urn:vim25</name>' +
  '<version>8.0.3.0</version></namespace></namespaces>';
const returned = (type: string, text: string) => `<returnval type="${type}">${text}</returnval>`;
const ANSWERS: Readonly<Record<string, string>> = {
  RetrieveServiceContent:
    '<returnval><rootFolder type="Folder">group-d1</rootFolder><propertyCollector type="PropertyCollector">pc</propertyCollector>' +
    '<viewManager type="ViewManager">vm</viewManager><about><name>bench</name><fullName>bench</fullName><version>8.0.3</version>' +
    '<apiType>VirtualCenter</apiType><apiVersion>8.0.3.0</apiVersion><instanceUuid>u</instanceUuid></about>' +
    '<sessionManager type="SessionManager">sm</sessionManager><taskManager type="TaskManager">tm</taskManager>' +
    '<searchIndex type="SearchIndex">si</searchIndex></returnval>',
  Login: '<returnval><key>k</key><userName>u</userName><fullName>u</fullName></returnval>',
  CreatePropertyCollector: returned('PropertyCollector', 'pc-1'),
  CreateContainerView: returned('ContainerView', 'view-1'),
  CreateListView: returned('ListView', 'list-1'),
  CurrentTime: '<returnval>2026-01-01T00:00:00Z</returnval>',
  FindAllByUuid: returned('VirtualMachine', 'vm-1'),
};
