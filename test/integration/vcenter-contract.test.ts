import { inject } from 'vitest';
import type { ManagedObjectReference } from '../../src/vsphere';
import { TransportKind } from '../../src/vsphere/transport';
import { type ContractWorld, WATCHED } from '../contract/vcenter/contract-world';
import { describeVCenterContract } from '../contract/vcenter/describe-contract';
import { startVCenterProxy } from '../proxy/vcenter-proxy';
import { openVCenterWindow, startVcsim } from '../sandbox/real-parts';
import { administrator, connected, forever } from './vsphere-world';

const call = { operationId: 'admin', signal: forever };
/** Long enough for a clone to be seen under way. */
const DELAYS_MS = { CloneVm: 300 };

/** The real connection on vcsim. The fault proxy stands between, since only it can lose an answer. */
async function vcsimWorld(transportKind: TransportKind): Promise<ContractWorld> {
  const vcsim = await startVcsim(inject('binaries'), { machines: 3, delaysMs: DELAYS_MS }, forever);
  const proxy = await startVCenterProxy(vcsim);
  const admin = await administrator(vcsim);
  const window = await openVCenterWindow(vcsim, forever);
  const { sessionManager } = admin.session.service;
  const ownKeys = new Set<string>();
  const sessionKeys = async (): Promise<string[]> => {
    const spec = {
      propSet: [{ type: 'SessionManager', pathSet: ['sessionList'] }],
      objectSet: [{ obj: sessionManager }],
    };
    const { propertyCollector } = admin.session.service;
    const content = await admin.session.invoke(
      'RetrievePropertiesEx',
      propertyCollector,
      { specSet: [spec], options: {} },
      call,
    );
    const list = content?.objects[0]?.propSet?.[0]?.val as unknown as readonly { readonly key: string }[];
    return list.map(({ key }) => key).filter((key) => !ownKeys.has(key));
  };
  for (const key of await sessionKeys()) ownKeys.add(key);
  const byId = ({ value }: ManagedObjectReference) => value;
  return {
    connect: () => connected(proxy.vcsim, { watchedExtraConfigKeys: WATCHED, transportKind }),
    taskUserName: 'vcsim',
    answered: (answer) => answer,
    hand: {
      rename: async (machine, newName) => {
        await admin.session.invoke('Rename_Task', machine, { newName }, call);
      },
      powerOff: (machine) => window.powerOff(byId(machine), forever),
      destroy: (machine) => window.destroy(byId(machine), forever),
      clone: async (source, folder, name) => {
        await window.cloneForeign(byId(source), byId(folder), name, forever);
      },
      endSessions: async () => {
        await admin.session.invoke('TerminateSession', sessionManager, { sessionId: await sessionKeys() }, call);
      },
    },
    loseNext: (method, what) => {
      const kind = what === 'Request' ? 'ResetBefore' : 'ResetAfter';
      proxy.add({ methods: [method], times: 1, trouble: { kind } });
    },
    sessionCount: async () => (await sessionKeys()).length,
    stop: async () => {
      await window.close(forever);
      await admin.close();
      await proxy.stop();
      await vcsim.stop();
    },
  };
}

describeVCenterContract('vcsim', () => vcsimWorld(TransportKind.Https));
describeVCenterContract('vcsim over node-vsphere-soap', () => vcsimWorld(TransportKind.Soap));
