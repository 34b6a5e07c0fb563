import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { inject, onTestFinished } from 'vitest';
import { sleep, systemClock } from '../../../src/time/clock';
import { startVcsim, type Vcsim, type VcsimOptions } from '../../envtest/real-parts';
import { escapeXml, parseXml, type XmlElement } from '../../envtest/real-parts/xml-tree';

const forever = new AbortController().signal;
const DEADLINE_MS = 20_000;

/** An answer as it came: none of our own client's code looked at it. */
export interface RawAnswer {
  readonly text: string;
  readonly root: XmlElement;
  /** vim25 type of the SOAP fault; undefined when there is none. */
  readonly fault: string | undefined;
  /** Text of the first returnval. */
  readonly value: string;
}

/** A vCenter client of the test's own, so that a rule is seen on the wire. */
export class RawSession {
  private constructor(
    private readonly vcsim: Vcsim,
    private readonly agent: Agent,
    private cookie: string | undefined,
  ) {}

  static async open(vcsim: Vcsim, userName = vcsim.administrator): Promise<RawSession> {
    const agent = new Agent({ ca: await readFile(vcsim.caFile), keepAlive: true });
    const session = new RawSession(vcsim, agent, undefined);
    const account = `<userName>${escapeXml(userName)}</userName><password>${escapeXml(vcsim.password)}</password>`;
    const answer = await session.call('Login', 'SessionManager:SessionManager', account);
    if (answer.fault !== undefined) throw new Error(answer.text);
    onTestFinished(() => agent.destroy());
    return session;
  }

  /** `target` is TYPE:ID. Rejects when the connection breaks. */
  call(method: string, target: string, body = ''): Promise<RawAnswer> {
    const envelope =
      '<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      `<soapenv:Body><${method} xmlns="urn:vim25">${ref('_this', target)}${body}</${method}></soapenv:Body></soapenv:Envelope>`;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'text/xml', ...(this.cookie && { cookie: this.cookie }) };
      const post = request(this.vcsim.url, { method: 'POST', agent: this.agent, headers }, (answer) => {
        this.cookie ??= answer.headers['set-cookie']?.[0]?.split(';')[0];
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          const root = parseXml(text);
          const fault = /<detail><\w+ [^>]*xsi:type="(\w+)"/.exec(text)?.[1];
          resolve({ text, root, fault, value: root.find('returnval')?.text ?? '' });
        });
      });
      post.once('error', reject);
      post.end(envelope);
    });
  }

  /** Text of properties by path; those that are unset are left out. Several: `find` takes the first value. */
  async read(target: string, ...paths: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const [type = ''] = target.split(':');
    const spec = `<specSet><propSet><type>${type}</type>${pathSet(paths)}</propSet><objectSet>${ref('obj', target)}</objectSet></specSet>`;
    const answer = await this.call('RetrievePropertiesEx', 'PropertyCollector:propertyCollector', `${spec}<options/>`);
    if (answer.fault !== undefined) throw new Error(answer.text);
    return Object.fromEntries(
      answer.root.findAll('propSet').map((set) => [set.find('name')?.text ?? '', set.find('val')?.text ?? '']),
    );
  }

  /** The first object of a type, as TYPE:ID, or the one of a name. */
  async find(type: string, name?: string): Promise<string> {
    const content = await this.call('RetrieveServiceContent', 'ServiceInstance:ServiceInstance');
    const root = `Folder:${content.root.find('rootFolder')?.text}`;
    const parameters = `${ref('container', root)}<type>${type}</type><recursive>true</recursive>`;
    const view = (await this.call('CreateContainerView', 'ViewManager:ViewManager', parameters)).value;
    const found = [
      ...(
        await this.call('RetrievePropertiesEx', 'PropertyCollector:propertyCollector', viewed(view, type))
      ).root.findAll('objects'),
    ];
    const object = found.find((candidate) => name === undefined || candidate.find('val')?.text === name);
    if (object === undefined) throw new Error(`no ${type} ${name ?? ''}`);
    return `${type}:${object.find('obj')?.text}`;
  }

  /** Starts a task and waits for its end. Resolves with the fault's vim25 type, or undefined and the result. */
  async task(
    method: string,
    target: string,
    body = '',
  ): Promise<{ readonly fault?: string; readonly result: string; readonly text: string }> {
    const started = await this.call(method, target, body);
    if (started.fault !== undefined) return { fault: started.fault, result: '', text: started.text };
    return this.end(`Task:${started.value}`);
  }

  async end(task: string): Promise<{ readonly fault?: string; readonly result: string; readonly text: string }> {
    const limit = systemClock.monotonicMs() + DEADLINE_MS;
    for (;;) {
      const spec = `<specSet><propSet><type>Task</type><pathSet>info</pathSet></propSet><objectSet>${ref('obj', task)}</objectSet></specSet><options/>`;
      const { text, root } = await this.call('RetrievePropertiesEx', 'PropertyCollector:propertyCollector', spec);
      const state = root.find('state')?.text;
      if (state === 'success') return { result: root.find('result')?.text ?? '', text };
      const fault = /<error[^>]*><fault [^>]*[\w-]+:type="(\w+)"/.exec(text)?.[1] ?? 'unknown';
      if (state === 'error') return { fault, result: '', text };
      if (systemClock.monotonicMs() > limit) throw new Error(`${task} is ${state}`);
      await sleep(systemClock, 10, forever);
    }
  }

  /** Sets properties of a machine on the simulator, and other keys of its extraConfig. */
  async set(machine: string, values: Readonly<Record<string, string | number | boolean>>): Promise<void> {
    const { fault } = await this.task('ReconfigVM_Task', machine, `<spec>${options(values)}</spec>`);
    if (fault !== undefined) throw new Error(fault);
  }
}

export function ref(element: string, target: string): string {
  const [type = '', ...id] = target.split(':');
  return `<${element} type="${type}">${escapeXml(id.join(':'))}</${element}>`;
}

export function pathSet(paths: readonly string[]): string {
  return paths.map((path) => `<pathSet>${escapeXml(path)}</pathSet>`).join('');
}

function viewed(view: string, type: string): string {
  const traversal = '<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet>';
  const objects = `<objectSet>${ref('obj', `ContainerView:${view}`)}<skip>true</skip>${traversal}</objectSet>`;
  return `<specSet><propSet><type>${type}</type><pathSet>name</pathSet></propSet>${objects}</specSet><options/>`;
}

export function options(values: Readonly<Record<string, string | number | boolean>>): string {
  const kind = { string: 'string', number: 'long', boolean: 'boolean' };
  return Object.entries(values)
    .map(([key, value]) => {
      const type = kind[typeof value as keyof typeof kind];
      return `<extraConfig xsi:type="OptionValue"><key>${key}</key><value xsi:type="xsd:${type}">${value}</value></extraConfig>`;
    })
    .join('');
}

/** resSpec of a vApp: no limits. */
export function allocations(): string {
  const of = (what: string) =>
    `<${what}><reservation>0</reservation><expandableReservation>true</expandableReservation><limit>-1</limit>` +
    `<shares><shares>0</shares><level>normal</level></shares></${what}>`;
  return `<resSpec>${of('cpuAllocation')}${of('memoryAllocation')}</resSpec>`;
}

/** A simulator of the test's own, and its administrator. */
export async function strictVCenter(settings: VcsimOptions = {}): Promise<{ vcsim: Vcsim; admin: RawSession }> {
  const vcsim = await startVcsim(inject('binaries'), { delaysMs: {}, ...settings }, forever);
  onTestFinished(() => vcsim.stop());
  return { vcsim, admin: await RawSession.open(vcsim) };
}

/** A clone of the template; `spec` goes beside location, and `location` into it. */
export async function cloneSpec(
  admin: RawSession,
  name: string,
  { location = '', spec = '' }: { readonly location?: string; readonly spec?: string } = {},
): Promise<{ readonly template: string; readonly parameters: string }> {
  const [template, folder, pool] = await Promise.all([
    admin.find('VirtualMachine', 'vm-operator-template'),
    admin.find('Folder', 'vm-operator'),
    admin.find('ResourcePool'),
  ]);
  const place = `<location>${ref('pool', pool)}${location}</location>`;
  const parameters = `${ref('folder', folder)}<name>${name}</name><spec>${place}<template>false</template>${spec}<powerOn>false</powerOn></spec>`;
  return { template, parameters };
}

/** Clones and resolves with the machine as TYPE:ID, or rejects with the fault's type. */
export async function cloned(admin: RawSession, name: string, spec = ''): Promise<string> {
  const { template, parameters } = await cloneSpec(admin, name, { spec });
  const { fault, result } = await admin.task('CloneVM_Task', template, parameters);
  if (fault !== undefined) throw new Error(fault);
  return `VirtualMachine:${result}`;
}

/** Starts a clone of the template, or of another source. Resolves with its task as TYPE:ID. */
export async function begun(
  admin: RawSession,
  name: string,
  { source, location = '' }: { readonly source?: string; readonly location?: string } = {},
): Promise<string> {
  const { template, parameters } = await cloneSpec(admin, name, { location });
  const { fault, value } = await admin.call('CloneVM_Task', source ?? template, parameters);
  if (fault !== undefined) throw new Error(fault);
  return `Task:${value}`;
}
