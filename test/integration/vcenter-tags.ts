import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { Vcsim } from '../envtest/real-parts';
import { SandboxError } from '../envtest/sandbox-error';

/** The administrator's hand on the tags of the simulator. It shares no code with the operator. */
export class VCenterTags {
  private constructor(
    private readonly vcsim: Vcsim,
    private readonly ca: string,
    private readonly session: string,
  ) {}

  static async open(vcsim: Vcsim): Promise<VCenterTags> {
    const ca = await readFile(vcsim.caFile, 'utf8');
    const basic = Buffer.from(`${vcsim.administrator}:${vcsim.password}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'vmware-use-header-authn': 'true' };
    const session = await send(vcsim, ca, 'POST', '/com/vmware/cis/session', headers);
    return new VCenterTags(vcsim, ca, String(session));
  }

  /** Resolves with the id. */
  async category(name: string, cardinality: 'SINGLE' | 'MULTIPLE', types: readonly string[] = []): Promise<string> {
    const create_spec = { name, description: '', cardinality, associable_types: types };
    return String(await this.#call('POST', '/category', { create_spec }));
  }

  async tag(category: string, name: string): Promise<string> {
    return String(await this.#call('POST', '/tag', { create_spec: { name, description: '', category_id: category } }));
  }

  async attach(machine: string, tag: string): Promise<void> {
    await this.#call('POST', `/tag-association/id:${tag}?~action=attach`, objectOf(machine));
  }

  /** The ids of a machine's tags, sorted. */
  async of(machine: string): Promise<readonly string[]> {
    const told = await this.#call('POST', '/tag-association?~action=list-attached-tags', objectOf(machine));
    return ((told ?? []) as string[]).sort();
  }

  #call(method: string, path: string, body: object): Promise<unknown> {
    const headers = { 'vmware-api-session-id': this.session };
    return send(this.vcsim, this.ca, method, `/com/vmware/cis/tagging${path}`, headers, body);
  }
}

function objectOf(machine: string): object {
  return { object_id: { type: 'VirtualMachine', id: machine } };
}

function send(
  { host }: Vcsim,
  ca: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: object = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { method, ca, headers: { ...headers, 'content-type': 'application/json' } };
    const sent = request(`https://${host}/rest${path}`, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.once('error', reject);
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve(text === '' ? undefined : JSON.parse(text).value);
        else reject(new SandboxError('CommandFailed', `${method} ${path}: HTTP ${answer.statusCode} ${text}`));
      });
    });
    sent.once('error', reject);
    sent.end(JSON.stringify(body));
  });
}
