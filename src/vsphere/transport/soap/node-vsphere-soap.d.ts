/** The part of node-vsphere-soap 0.0.2-5 that is used. The package has no types of its own. */
declare module 'node-vsphere-soap' {
  import { EventEmitter } from 'node:events';

  /** `soap` makes one such function per method of the WSDL. */
  export type PortMethod = (
    args: object,
    callback: (error: unknown, result: unknown, body: unknown) => void,
    options?: object,
  ) => void;

  export class Client extends EventEmitter {
    /** Calls `_connect` at once. With sslVerify false it turns TLS verification off for the whole process. */
    constructor(host: string, userName: string, password: string, sslVerify: boolean);
    status: 'disconnected' | 'connecting' | 'ready';
    client: { VimService: { VimPort: Record<string, PortMethod> } };
    /** Emits `result`; on an error it writes to the console, emits `error`, and throws. */
    runCommand(command: string, args: object): EventEmitter;
    _connect(): void;
    _close(): void;
  }
}
