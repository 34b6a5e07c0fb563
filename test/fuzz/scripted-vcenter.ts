/** A vCenter whose answers are texts: what it tells of objects goes through a codec, as over the wire. */
import type { ManagedObjectReference } from '../../src/vsphere';
import type { Codec } from '../../src/vsphere/transport/codec';
import type { TransportCall, VimTransport } from '../../src/vsphere/transport/transport';
import { Utf8Text } from '../../src/vsphere/transport/utf8-text';
import type { MethodName, ParametersOf, ReturnOf } from '../../src/vsphere/vim25/methods';
import { type TransportCode, transportError } from '../../src/vsphere/vim25/vsphere-error';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>';
const TAIL = '</soapenv:Body></soapenv:Envelope>';

const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
const SERVICE: ReturnOf<'RetrieveServiceContent'> = {
  rootFolder: ref('Folder', 'root'),
  propertyCollector: ref('PropertyCollector', 'own'),
  viewManager: ref('ViewManager', 'v'),
  sessionManager: ref('SessionManager', 's'),
  taskManager: ref('TaskManager', 't'),
  searchIndex: ref('SearchIndex', 'i'),
  about: { name: 'vCenter', fullName: 'vCenter', version: '8', build: '1', apiType: 'VirtualCenter', apiVersion: '8' },
};

/** Stands for a byte in a text, for bytes that no text has. */
export function rawByte(byte: number): string {
  return String.fromCharCode(RAW + byte);
}

/** Nobody uses the characters for private use from here on. */
const RAW = 0xf700;

export function bytesOf(text: string): Buffer {
  const parts = text.split(/([\uf700-\uf7ff])/);
  return Buffer.concat(
    parts.map((part, at) => (at % 2 === 0 ? Buffer.from(part) : Buffer.of(part.charCodeAt(0) - RAW))),
  );
}

export class ScriptedVCenter implements VimTransport {
  readonly server = 'scripted:443';
  /** Content of `objectSet` of the next updates. */
  readonly #updates: { readonly filter: string; readonly objects: string; readonly isTruncated: boolean }[] = [];
  #wake: () => void = () => undefined;
  #lose: (error: Error) => void = () => undefined;
  #filters = 0;
  /** Answers a read of these objects: `objects` as XML. */
  read: (refs: readonly ManagedObjectReference[]) => string = () => '';

  /** The page size of each wait so far. */
  readonly waits: number[] = [];
  /** Called with each wait, which it may answer. */
  onWait: () => void = () => undefined;

  constructor(private readonly codec: Codec) {}

  /** The next update, told through a filter: 1 machines, 2 entities, 3 tasks, 4 details. */
  tell(filter: 1 | 2 | 3 | 4, objects: string, { isTruncated = false } = {}): void {
    this.#updates.push({ filter: `filter-${filter}`, objects, isTruncated });
    this.#wake();
  }

  /** The wait under way is lost. */
  breakOff(code: TransportCode = 'ConnectionLost'): void {
    this.#lose(transportError(code, 'The connection broke.', 'Unknown'));
  }

  async invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    return (await this.#answer(method, self, parameters, call)) as ReturnOf<M>;
  }

  forgetSession(): void {}
  close(): void {}

  async #answer<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<unknown> {
    const decoded = async (returnval: string) => {
      const xml = `${HEAD}<${method}Response xmlns="urn:vim25">${returnval}</${method}Response>${TAIL}`;
      const { operationId } = call;
      const answer = await this.codec.call(
        { method, self, parameters, operationId, version: '8.0.3.0' },
        async (_, sink) => {
          const body = sink();
          const text = new Utf8Text();
          body.write(text.next(bytesOf(xml)));
          body.write(text.end());
          return body.end();
        },
      );
      if (answer.kind === 'Fault') throw new Error(answer.text);
      return answer.value;
    };
    switch (method) {
      case 'RetrieveServiceContent':
        return SERVICE;
      case 'Login':
        return { key: 'k', userName: 'u' };
      case 'CreateFilter':
        this.#filters += 1;
        return ref('PropertyFilter', `filter-${this.#filters}`);
      case 'CreatePropertyCollector':
        this.#filters = 0;
        return ref('PropertyCollector', 'stream');
      case 'CreateContainerView':
        return ref('ContainerView', 'view');
      case 'CreateListView':
        return ref('ListView', 'list');
      case 'WaitForUpdatesEx': {
        this.waits.push((parameters as ParametersOf<'WaitForUpdatesEx'>).options?.maxObjectUpdates ?? 0);
        this.onWait();
        const { filter, objects, isTruncated } = await this.#nextUpdate(call.signal);
        const filterSet = `<filterSet><filter type="PropertyFilter">${filter}</filter>${objects}</filterSet>`;
        const truncated = `<truncated>${isTruncated}</truncated>`;
        return await decoded(`<returnval><version>1</version>${filterSet}${truncated}</returnval>`);
      }
      case 'RetrievePropertiesEx': {
        const { specSet } = parameters as ParametersOf<'RetrievePropertiesEx'>;
        const refs = specSet.flatMap(({ objectSet }) => objectSet.map(({ obj }) => obj));
        return await decoded(`<returnval>${this.read(refs)}</returnval>`);
      }
      default:
        return undefined;
    }
  }

  async #nextUpdate(signal: AbortSignal): Promise<{
    readonly filter: string;
    readonly objects: string;
    readonly isTruncated: boolean;
  }> {
    for (;;) {
      const update = this.#updates.shift();
      if (update !== undefined) return update;
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        this.#lose = reject;
        const end = () => reject(transportError('Aborted', 'The call was given up.', 'Unknown'));
        if (signal.aborted) end();
        signal.addEventListener('abort', end, { once: true });
      });
    }
  }
}
