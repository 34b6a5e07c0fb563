import { expect, inject } from 'vitest';
import type { ManagedObjectReference } from '../../src/vsphere';
import { adaptersAmong, devicesOf } from '../../src/vsphere/calls/adapter-changes';
import { readObjects } from '../../src/vsphere/property/property-reader';
import { TransportKind } from '../../src/vsphere/transport/transport';
import { typed } from '../../src/vsphere/vim25/describe';
import { OptionValue } from '../../src/vsphere/vim25/types';
import { type ContractWorld, WATCHED } from '../contract/vcenter/contract-world';
import { describeVCenterContract } from '../contract/vcenter/describe-contract';
import { SCHEDULE } from '../contract/vcenter/failure-table';
import { startVCenterProxy } from '../envtest/proxies/vcenter-proxy';
import { openVCenterWindow, startVcsim } from '../envtest/real-parts';
import { administrator, connected, forever } from './vsphere-world';

const call = { operationId: 'admin', signal: forever };
/** Long enough that a test sees a running clone. */
const DELAYS_MS = { CloneVm: 300 };

/** What is in front of vcsim: nothing, the fault proxy, which can lose requests and answers, or the proxy with a schedule. */
type Way = 'Direct' | 'Proxy' | 'Schedule';

/** The real connection on vcsim. */
async function vcsimWorld(transportKind: TransportKind, way: Way): Promise<ContractWorld> {
  const vcsim = await startVcsim(inject('binaries'), { machines: 3, delaysMs: DELAYS_MS }, forever);
  const proxy = await startVCenterProxy(vcsim);
  if (way === 'Schedule') for (const rule of SCHEDULE) proxy.add(rule);
  const server = way === 'Direct' ? vcsim : proxy.vcsim;
  // Almost no backoff, because the stream is lost again and again.
  const options = {
    watchedExtraConfigKeys: WATCHED,
    transportKind,
    ...(way === 'Schedule' && { random: () => 0.9999 }),
  };
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
  const stateOf = async (task: ManagedObjectReference) => {
    const { objects } = await readObjects(admin.session, [task], ['info.state'], call);
    return objects[0]?.propSet?.[0]?.val;
  };
  return {
    connect: () => connected(server, options),
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
      setGuest: async (machine, { toolsRunning, ipAddress }) => {
        // The simulator has no guests. These keys set what VMware Tools would report.
        const extraConfig = [
          typed(OptionValue, {
            key: 'SET.guest.toolsRunningStatus',
            value: toolsRunning ? 'guestToolsRunning' : 'guestToolsNotRunning',
          }),
          typed(OptionValue, { key: 'SET.guest.ipAddress', value: ipAddress }),
        ];
        const task = await admin.session.invoke('ReconfigVM_Task', machine, { spec: { extraConfig } }, call);
        // A template is refused.
        await expect.poll(() => stateOf(task)).toMatch(/success|error/);
      },
      adaptersOf: async (machine) => {
        const { objects } = await readObjects(admin.session, [machine], ['config.hardware.device'], call);
        return adaptersAmong(devicesOf(objects[0]?.propSet?.[0]?.val)).map(({ xsiType: kind, backing }) => {
          const { port, network } = backing as { port?: { portgroupKey: string }; network?: ManagedObjectReference };
          return { kind, network: port?.portgroupKey ?? network?.value ?? '' };
        });
      },
      defineAttribute: async (name) => {
        const [manager, parameters] = ['CustomFieldsManager', `<name>${name}</name><moType>VirtualMachine</moType>`];
        await window.invoke('AddCustomFieldDef', manager, manager, parameters, forever);
      },
      endSessions: async () => {
        await admin.session.invoke('TerminateSession', sessionManager, { sessionId: await sessionKeys() }, call);
      },
    },
    loseNext: (method, what) => {
      const kind = what === 'Request' ? 'ResetBefore' : 'ResetAfter';
      proxy.add({ methods: [method], times: 1, failure: { kind } });
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

const names = { https: 'vcsim', soap: 'vcsim over node-vsphere-soap' };
const ways = { Direct: '', Proxy: ' through a proxy', Schedule: ' under a schedule of faults' };
for (const kind of Object.values(TransportKind))
  for (const way of ['Direct', 'Proxy', 'Schedule'] as const)
    describeVCenterContract(`${names[kind]}${ways[way]}`, () => vcsimWorld(kind, way), {
      losesCalls: way !== 'Direct',
    });
