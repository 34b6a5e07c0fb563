import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/time/clock';
import { type ConnectOptions, type ManagedObjectReference, staticCredentials, TransportKind } from '../../src/vsphere';
import { passwordLogin } from '../../src/vsphere/session/authenticator';
import type { HttpTransport } from '../../src/vsphere/transport/http-transport';
import { HttpsTransport } from '../../src/vsphere/transport/https-transport';
import { SoapTransport } from '../../src/vsphere/transport/soap/soap-transport';
import { Trust } from '../../src/vsphere/transport/trust';
import { typed } from '../../src/vsphere/vim25/describe';
import { OptionValue } from '../../src/vsphere/vim25/types';
import type { Vcsim } from '../envtest/real-parts';
import { addressOf, type Connected, connected, forever, landmarks, simulator } from './vsphere-world';

const SERVICE: ManagedObjectReference = { type: 'ServiceInstance', value: 'ServiceInstance' };
const call = { operationId: 'vmop-test', signal: forever };

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** The state of the process that a library can change. */
const processState = () => ({
  tls: process.env.NODE_TLS_REJECT_UNAUTHORIZED,
  listeners: ['beforeExit', 'exit', 'uncaughtException', 'unhandledRejection'].map((name) =>
    process.listenerCount(name),
  ),
});

describe.each(Object.values(TransportKind))('over %s', (kind) => {
  let vcsim: Vcsim;
  let transport: HttpTransport;
  let loose: unknown[];

  beforeEach(async () => {
    vcsim = await simulator();
    opened.push(() => vcsim.stop());
    const trust = new Trust({ caBundle: await readFile(vcsim.caFile, 'utf8') }, systemClock);
    const options = { address: addressOf(vcsim), trust, clock: systemClock };
    transport = kind === 'soap' ? new SoapTransport(options) : new HttpsTransport(options);
    opened.push(() => transport.close());
    loose = [];
    const note = (error: unknown) => loose.push(error);
    process.on('uncaughtExceptionMonitor', note);
    opened.push(() => {
      process.off('uncaughtExceptionMonitor', note);
      expect(loose).toEqual([]);
    });
  });

  const login = async () => {
    const content = await transport.invoke('RetrieveServiceContent', SERVICE, {}, call);
    if (content.sessionManager === undefined || content.searchIndex === undefined) throw new Error('no managers');
    const credentials = { userName: vcsim.user, password: vcsim.password };
    await passwordLogin.login(transport, content.sessionManager, credentials, call);
    const find = (inventoryPath: string) =>
      transport.invoke('FindByInventoryPath', content.searchIndex ?? SERVICE, { inventoryPath }, call);
    const vmFolder = await find('vcqaDC/vm/vm-operator');
    if (vmFolder === undefined) throw new Error('no folder');
    return { content, sessionManager: content.sessionManager, find, vmFolder };
  };

  test('the version is negotiated before the first call, and the content describes the server', async () => {
    const content = await transport.invoke('RetrieveServiceContent', SERVICE, {}, call);
    expect(transport.version).toBe('6.5');
    expect(content.about).toMatchObject({ apiType: 'VirtualCenter', apiVersion: '6.5' });
    expect(content.rootFolder).toEqual({ type: 'Folder', value: 'group-d1' });
  });

  test('a fault is an error with its type, and the process goes on', async () => {
    const before = processState();
    const { content, vmFolder } = await login();
    const missing = { type: 'VirtualMachine', value: 'vm-404' };
    await expect(transport.invoke('PowerOnVM_Task', missing, {}, call)).rejects.toMatchObject({
      name: 'VsphereError',
      code: 'ManagedObjectNotFound',
      outcome: 'Refused',
      fault: { fields: { obj: missing } },
    });
    await transport.invoke('CreateFolder', vmFolder, { name: 'taken' }, call);
    await expect(transport.invoke('CreateFolder', vmFolder, { name: 'taken' }, call)).rejects.toMatchObject({
      code: 'DuplicateName',
      fault: { fields: { name: 'taken' } },
    });
    await expect(
      transport.invoke('Login', content.sessionManager ?? SERVICE, { userName: 'x', password: 'y' }, call),
    ).rejects.toMatchObject({ code: 'InvalidLogin' });
    expect(processState()).toEqual(before);
  });

  test('a log-out ends the session, keeps listeners of the process, and later calls are NotAuthenticated', async () => {
    const { sessionManager, vmFolder } = await login();
    const mine = () => undefined;
    process.on('beforeExit', mine);
    opened.push(() => void process.off('beforeExit', mine));
    expect(await transport.invoke('Logout', sessionManager, {}, call)).toBeUndefined();
    expect(process.listeners('beforeExit')).toContain(mine);
    await expect(transport.invoke('CreateFolder', vmFolder, { name: 'n' }, call)).rejects.toMatchObject({
      code: 'NotAuthenticated',
    });
  });

  test.each(['a & b < c > "d" \'e\'', '  blanks around  ', 'Größe 値 😀', '<![CDATA[x]]>', ']]>', 'a\tb'])(
    'the name %j arrives unchanged',
    async (name) => {
      const { content, vmFolder } = await login();
      const folder = await transport.invoke('CreateFolder', vmFolder, { name }, call);
      const spec = { propSet: [{ type: 'Folder', pathSet: ['name'] }], objectSet: [{ obj: folder }] };
      const read = await transport.invoke(
        'RetrievePropertiesEx',
        content.propertyCollector,
        { specSet: [spec], options: {} },
        call,
      );
      expect(read?.objects).toEqual([{ obj: folder, propSet: [{ name: 'name', val: name }] }]);
    },
  );

  test('a name with a character that XML does not allow is refused before anything is sent', async () => {
    const { vmFolder } = await login();
    await expect(transport.invoke('CreateFolder', vmFolder, { name: 'a\u0000' }, call)).rejects.toMatchObject({
      code: 'InvalidInput',
      outcome: 'NotSent',
    });
  });

  test('a clone has typed extraConfig and a long, and lists are decoded as lists', async () => {
    const { content, find, vmFolder } = await login();
    const [template, pool] = [
      await find('vcqaDC/vm/vm-operator/vm-operator-template'),
      await find('vcqaDC/host/DC0_C0/Resources'),
    ];
    if (template === undefined || pool === undefined) throw new Error('no template or pool');
    const extraConfig = [typed(OptionValue, { key: 'k', value: 'v' }), typed(OptionValue, { key: 'e', value: '' })];
    const config = { numCPUs: 2, memoryMB: 2048n, extraConfig };
    const spec = { location: { pool }, template: false, config, powerOn: false, tpmProvisionPolicy: 'copy' };
    const task = await transport.invoke('CloneVM_Task', template, { folder: vmFolder, name: 'clone', spec }, call);
    expect(task.type).toBe('Task');
    const paths = ['config.hardware.memoryMB', 'config.extraConfig["k"].value', 'datastore', 'runtime.powerState'];
    const readClone = async () => {
      const vm = await find('vcqaDC/vm/vm-operator/clone');
      if (vm === undefined) return undefined;
      const objects = { propSet: [{ type: 'VirtualMachine', pathSet: paths }], objectSet: [{ obj: vm }] };
      return transport.invoke('RetrieveProperties', content.propertyCollector, { specSet: [objects] }, call);
    };
    const valuesOf = async () =>
      Object.fromEntries(((await readClone())?.[0]?.propSet ?? []).map(({ name, val }) => [name, val]));
    // The configuration of a machine is not told before its clone has ended.
    await expect.poll(valuesOf).toMatchObject({
      'config.hardware.memoryMB': 2048,
      'config.extraConfig["k"].value': 'v',
      'runtime.powerState': 'poweredOff',
    });
    const values = await valuesOf();
    expect(values.datastore).toEqual([{ type: 'Datastore', value: expect.any(String) }]);
  });

  test('a clone and a power-on work through a connection, and its stream shows them', async () => {
    const world = await connect(vcsim, { transportKind: kind });
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    const { template, folder, resourcePool } = landmarks(world.connection);
    const request = { template, folder, resourcePool, numCpu: 1, memoryMiB: 64, annotation: 'a', name: 'm' };
    const ended = await world.work('m', 'Clone', (signal) =>
      world.connection.calls.cloneVirtualMachine(
        { ...request, instanceUuid: '5028a4a5-3ff1-4e53-8cb1-e8ae0bd47a9c', extraConfig: { 'codeconnect.uid': 'u' } },
        { operationId: 'op', signal },
      ),
    );
    expect(ended).toMatchObject({ kind: 'Succeeded' });
    const { inventory } = world.connection;
    const found = () => inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'u')[0];
    await world.until('seen', () => found() !== undefined);
    const on = await world.work('m', 'Other', (signal) =>
      world.connection.calls.powerOn(found()?.ref ?? template, { operationId: 'op', signal }),
    );
    expect(on).toMatchObject({ kind: 'Succeeded' });
    await world.until('on', () => found()?.powerState === 'poweredOn');
  });

  test('a token of the STS opens a session', async () => {
    const world = await connect(vcsim, { transportKind: kind, auth: 'TokenByPassword' });
    await world.until('ready', () => world.connection.status.kind === 'Ready');
    expect(world.calls.map(({ method }) => method)).toContain('LoginByToken');
    expect(world.connection.userName).toBe('Administrator@VSPHERE.LOCAL');
  });
});

async function connect(vcsim: Vcsim, options: Partial<ConnectOptions> = {}): Promise<Connected> {
  const credentials = staticCredentials({ userName: vcsim.user, password: vcsim.password });
  const world = await connected(vcsim, { credentials, ...options });
  opened.push(() => world.stop());
  return world;
}
