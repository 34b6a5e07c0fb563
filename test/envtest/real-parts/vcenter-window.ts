import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { deadline, sleep, systemClock } from '../../../src/time/clock';
import { SandboxError } from '../sandbox-error';
import type { Vcsim } from './vcsim';
import { escapeXml, parseXml, type XmlElement } from './xml-tree';

/** A virtual machine or template, as it is in vCenter at this moment. */
export interface SeenMachine {
  /** Managed object id, such as vm-42. */
  readonly id: string;
  readonly name: string;
  readonly parentFolderId: string | undefined;
  readonly powerState: string;
  readonly isTemplate: boolean;
  readonly instanceUuid: string | undefined;
  readonly numCpu: number;
  readonly memoryMiB: number;
  /** Value of the mark codeconnect.group, namespace/name, if it has one. */
  readonly group: string | undefined;
}

export interface SeenFolder {
  readonly id: string;
  readonly name: string;
}

/**
 * A client of vCenter for tests. It shares no code with the operator, so that a bug in the operator's client is found.
 * Reads are live. Changes resolve when their task has succeeded.
 */
export interface VCenterWindow {
  /** All machines of the vCenter, through a view of its root folder. */
  machines(signal: AbortSignal): Promise<readonly SeenMachine[]>;
  folders(signal: AbortSignal): Promise<readonly SeenFolder[]>;
  /** Ids of the machines with this instance UUID, by SearchIndex.FindAllByUuid. */
  findAllByInstanceUuid(uuid: string, signal: AbortSignal): Promise<readonly string[]>;
  powerOff(machineId: string, signal: AbortSignal): Promise<void>;
  destroy(machineId: string, signal: AbortSignal): Promise<void>;
  /** Makes a foreign machine in the folder: a clone without marks, powered off. Resolves with its id. */
  cloneForeign(templateId: string, folderId: string, name: string, signal: AbortSignal): Promise<string>;
  /** Calls another method of an object, with parameters as XML. Resolves with the text of the answer, or the task's result. */
  invoke(method: string, type: string, id: string, parameters: string, signal: AbortSignal): Promise<string>;
  /** One property of an object, such as config.extraConfig["a.b"].value; undefined where it is not set. */
  property(type: string, id: string, path: string, signal: AbortSignal): Promise<XmlElement | undefined>;
  /** Id of the first object of a type. */
  first(type: string, signal: AbortSignal): Promise<string>;
  /** Logs out. */
  close(signal: AbortSignal): Promise<void>;
}

const GROUP_MARK = 'config.extraConfig["codeconnect.group"].value';
const PATHS = [
  'name',
  'parent',
  'runtime.powerState',
  'config.template',
  'config.instanceUuid',
  'config.hardware.numCPU',
  'config.hardware.memoryMB',
  GROUP_MARK,
];
const TASK_TIMEOUT_MS = 10_000;
const TASK_POLL_MS = 20;

/** Logs in. Rejects with CommandFailed if vCenter answers with a fault. */
export async function openVCenterWindow(
  vcsim: Pick<Vcsim, 'url' | 'caFile' | 'administrator' | 'password'>,
  signal: AbortSignal,
): Promise<VCenterWindow> {
  const ca = await readFile(vcsim.caFile, 'utf8');
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 2 });
  let cookie: string | undefined;

  /** Calls a method of a managed object, and returns the answer. */
  const call = (
    method: string,
    type: string,
    id: string,
    body: string,
    callSignal: AbortSignal,
  ): Promise<XmlElement> => {
    const envelope =
      '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>' +
      `<${method} xmlns="urn:vim25">${reference('_this', type, id)}${body}</${method}></soapenv:Body></soapenv:Envelope>`;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'text/xml', soapaction: 'urn:vim25/8.0.3.0', ...(cookie && { cookie }) };
      const post = request(vcsim.url, { method: 'POST', agent, headers, signal: callSignal }, (answer) => {
        cookie ??= answer.headers['set-cookie']?.[0]?.split(';')[0];
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          const root = parseXml(text);
          const fault = root.find('faultstring') ?? root.find('Fault');
          if (answer.statusCode === 200 && fault === undefined) resolve(root);
          else reject(new SandboxError('CommandFailed', `${method}: ${fault?.text ?? `HTTP ${answer.statusCode}`}`));
        });
      });
      post.once('error', (error) => reject(callSignal.aborted ? callSignal.reason : error));
      post.end(envelope);
    });
  };

  const collect = async (spec: string, callSignal: AbortSignal): Promise<readonly XmlElement[]> => {
    const specSet = `<specSet>${spec}</specSet><options/>`;
    const first = await call('RetrievePropertiesEx', 'PropertyCollector', 'propertyCollector', specSet, callSignal);
    const objects = [...first.findAll('objects')];
    let token = first.find('token')?.text;
    while (token !== undefined) {
      const next: XmlElement = await call(
        'ContinueRetrievePropertiesEx',
        'PropertyCollector',
        'propertyCollector',
        `<token>${token}</token>`,
        callSignal,
      );
      objects.push(...next.findAll('objects'));
      token = next.find('token')?.text;
    }
    return objects;
  };

  const viewed = async (type: string, paths: readonly string[], callSignal: AbortSignal) => {
    const body = `${reference('container', 'Folder', rootFolder)}<type>${type}</type><recursive>true</recursive>`;
    const view = (await call('CreateContainerView', 'ViewManager', 'ViewManager', body, callSignal)).find('returnval');
    const viewId = view?.text ?? '';
    const pathSet = paths.map((path) => `<pathSet>${escapeXml(path)}</pathSet>`).join('');
    const traversal = '<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet>';
    const spec =
      `<propSet><type>${type}</type>${pathSet}</propSet>` +
      `<objectSet>${reference('obj', 'ContainerView', viewId)}<skip>true</skip>${traversal}</objectSet>`;
    try {
      return await collect(spec, callSignal);
    } finally {
      await call('DestroyView', 'ContainerView', viewId, '', callSignal);
    }
  };

  /** Waits until the task has succeeded. Resolves with its result. */
  const finish = async (started: XmlElement, callSignal: AbortSignal): Promise<string> => {
    const task = started.find('returnval')?.text ?? '';
    const spec =
      '<propSet><type>Task</type><pathSet>info.state</pathSet><pathSet>info.error</pathSet><pathSet>info.result</pathSet>' +
      `</propSet><objectSet>${reference('obj', 'Task', task)}</objectSet>`;
    const late = () => new SandboxError('NotInTime', `${task} took longer than ${TASK_TIMEOUT_MS} ms`);
    const limit = deadline(systemClock, TASK_TIMEOUT_MS, callSignal, late);
    try {
      for (;;) {
        const [object] = await collect(spec, limit.signal);
        const values = valuesOf(object);
        const state = values.get('info.state')?.text;
        if (state === 'success') return values.get('info.result')?.text ?? '';
        if (state === 'error') {
          const why = values.get('info.error')?.find('localizedMessage')?.text ?? 'no reason given';
          throw new SandboxError('CommandFailed', `${task} failed: ${why}`);
        }
        await sleep(systemClock, TASK_POLL_MS, limit.signal);
      }
    } finally {
      limit.done();
    }
  };

  const content = await call('RetrieveServiceContent', 'ServiceInstance', 'ServiceInstance', '', signal);
  const rootFolder = content.find('rootFolder')?.text ?? '';
  const account = `<userName>${escapeXml(vcsim.administrator)}</userName><password>${escapeXml(vcsim.password)}</password>`;
  await call('Login', 'SessionManager', 'SessionManager', account, signal);

  return {
    machines: async (callSignal) => (await viewed('VirtualMachine', PATHS, callSignal)).map(machineOf),
    folders: async (callSignal) =>
      (await viewed('Folder', ['name'], callSignal)).map((object) => ({
        id: object.find('obj')?.text ?? '',
        name: valuesOf(object).get('name')?.text ?? '',
      })),
    findAllByInstanceUuid: async (uuid, callSignal) => {
      const body = `<uuid>${escapeXml(uuid)}</uuid><vmSearch>true</vmSearch><instanceUuid>true</instanceUuid>`;
      const answer = await call('FindAllByUuid', 'SearchIndex', 'SearchIndex', body, callSignal);
      return answer.findAll('returnval').map((found) => found.text);
    },
    powerOff: async (id, callSignal) => {
      await finish(await call('PowerOffVM_Task', 'VirtualMachine', id, '', callSignal), callSignal);
    },
    destroy: async (id, callSignal) => {
      await finish(await call('Destroy_Task', 'VirtualMachine', id, '', callSignal), callSignal);
    },
    cloneForeign: async (templateId, folderId, name, callSignal) => {
      const [pool] = await viewed('ResourcePool', ['name'], callSignal);
      const location = `<location>${reference('pool', 'ResourcePool', pool?.find('obj')?.text ?? '')}</location>`;
      const body =
        `${reference('folder', 'Folder', folderId)}<name>${escapeXml(name)}</name>` +
        `<spec>${location}<template>false</template><powerOn>false</powerOn></spec>`;
      return finish(await call('CloneVM_Task', 'VirtualMachine', templateId, body, callSignal), callSignal);
    },
    invoke: async (method, type, id, parameters, callSignal) => {
      const answer = await call(method, type, id, parameters, callSignal);
      return method.endsWith('_Task') ? finish(answer, callSignal) : (answer.find('returnval')?.text ?? '');
    },
    property: async (type, id, path, callSignal) => {
      const spec =
        `<propSet><type>${type}</type><pathSet>${escapeXml(path)}</pathSet></propSet>` +
        `<objectSet>${reference('obj', type, id)}</objectSet>`;
      const [object] = await collect(spec, callSignal);
      return valuesOf(object).get(path);
    },
    first: async (type, callSignal) => (await viewed(type, ['name'], callSignal))[0]?.find('obj')?.text ?? '',
    close: async (callSignal) => {
      try {
        await call('Logout', 'SessionManager', 'SessionManager', '', callSignal);
      } finally {
        agent.destroy();
      }
    },
  };
}

function reference(element: string, type: string, id: string): string {
  return `<${element} type="${type}">${escapeXml(id)}</${element}>`;
}

function valuesOf(object: XmlElement | undefined): ReadonlyMap<string, XmlElement> {
  const values = new Map<string, XmlElement>();
  for (const property of object?.findAll('propSet') ?? []) {
    const value = property.find('val');
    if (value !== undefined) values.set(property.find('name')?.text ?? '', value);
  }
  return values;
}

function machineOf(object: XmlElement): SeenMachine {
  const values = valuesOf(object);
  const text = (path: string) => values.get(path)?.text;
  return {
    id: object.find('obj')?.text ?? '',
    name: decodeURIComponent(text('name') ?? ''),
    parentFolderId: text('parent'),
    powerState: text('runtime.powerState') ?? '',
    isTemplate: text('config.template') === 'true',
    instanceUuid: text('config.instanceUuid'),
    numCpu: Number(text('config.hardware.numCPU')),
    memoryMiB: Number(text('config.hardware.memoryMB')),
    group: text(GROUP_MARK),
  };
}
