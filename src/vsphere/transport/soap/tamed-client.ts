/**
 * node-vsphere-soap made safe. What it does on its own, and what is done about it:
 * - it fetches a WSDL and logs in as it is made: `_connect` is replaced, our WSDL and our session come instead;
 * - with sslVerify false it turns TLS verification off for the process: it is always told true, and sends no byte itself;
 * - it throws inside callbacks on any fault, and writes the answer to the console: it never sees an error;
 * - at a log-out it removes everybody's `beforeExit` listeners: Logout goes past it.
 */

import type { PortMethod } from 'node-vsphere-soap';
import { transportError, VsphereError } from '../../vim25/vsphere-error';
import { ATTRIBUTES } from './to-soap';

/** Sends a message and resolves with the text of the answer. */
export type SendText = (message: string) => Promise<string>;

export interface Command {
  readonly name: string;
  readonly args: object;
  /** XML for the SOAP header. */
  readonly header: string;
  readonly send: SendText;
}

/** What came back: never a rejection besides those of `send`. */
export type CommandResult =
  | { readonly kind: 'Result'; readonly result: unknown; readonly body: string }
  | { readonly kind: 'Error'; readonly error: unknown };

export interface TamedClient {
  run(command: Command): Promise<CommandResult>;
}

/** `soap` would cut a long to a double and parse a dateTime; texts are kept, and our descriptions say what they mean. */
const asText = (text: string) => text;
const AS_TEXT = Object.fromEntries(
  ['int', 'integer', 'short', 'long', 'byte', 'double', 'float', 'decimal', 'boolean', 'bool', 'dateTime', 'date'].map(
    (type) => [type, asText],
  ),
);

/** Loads the packages, which takes 220 ms and 36 MiB (unbundled): only for those who chose this transport. */
export async function openTamedClient(wsdl: string, endpoint: string): Promise<TamedClient> {
  const { Client } = await import('node-vsphere-soap');
  const soap = await import('soap');
  const commands = new WeakMap<object, Command>();

  class Tamed extends Client {
    override _connect(): void {}
    override _close(): void {}
  }

  /** Stands for the HTTP client of `soap`, which would make its own TLS connections. */
  const httpClient = {
    request: (
      _url: string,
      message: string,
      callback: (error: unknown, response?: object, body?: string) => void,
      _headers: unknown,
      { command }: { readonly command?: Command },
    ) => {
      const sent = command?.send(message) ?? Promise.reject(transportError('Internal', 'No command.', 'NotSent'));
      return sent.then(
        (text) => callback(null, { status: 200, headers: {}, data: text }, text),
        (error: unknown) => callback(error),
      );
    },
  };

  const client = await soap.createClientAsync(
    wsdl,
    {
      // Not by the URL, of which all transports have the same one.
      disableCache: true,
      attributesKey: ATTRIBUTES,
      preserveWhitespace: true,
      customDeserializer: AS_TEXT,
      httpClient: httpClient as never,
    },
    endpoint,
  );
  client.addSoapHeader(
    (_method: unknown, _location: unknown, _action: unknown, args: object) => commands.get(args)?.header ?? '',
  );

  const real = (client as unknown as { VimService: { VimPort: Record<string, PortMethod> } }).VimService.VimPort;
  const settled = (name: string): PortMethod => {
    return (args, callback) => {
      real[name]?.(
        args,
        (error, result, body) =>
          callback(null, error ? { kind: 'Error', error } : { kind: 'Result', result, body: String(body) }, undefined),
        { command: commands.get(args) },
      );
    };
  };
  const port = Object.fromEntries(Object.keys(real).map((name) => [name, settled(name)]));
  const tamed = new Tamed(endpoint, '', '', true);
  tamed.client = { VimService: { VimPort: port } };
  tamed.status = 'ready';

  return {
    run: (command) =>
      new Promise<CommandResult>((resolve, reject) => {
        commands.set(command.args, command);
        const onResult = (result: unknown) => resolve(result as CommandResult);
        try {
          if (command.name === 'Logout') port[command.name]?.(command.args, (_error, result) => onResult(result));
          else tamed.runCommand(command.name, command.args).once('result', onResult).once('error', reject);
        } catch (error) {
          // `soap` failed as it wrote the message.
          reject(VsphereError.from(error));
        }
      }),
  };
}
