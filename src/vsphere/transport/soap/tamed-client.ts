/**
 * node-vsphere-soap made safe. What the package does, and what we do about it:
 * - Its constructor fetches a WSDL and logs in. `_connect` is replaced; our WSDL and our session are used.
 * - With sslVerify false it turns TLS verification off for the process. It always gets true, and sends no byte itself.
 * - On any fault it throws inside a callback, and writes the answer to the console. So it never gets an error.
 * - At Logout it removes all `beforeExit` listeners of the process. So Logout does not go through it.
 */

import type { PortMethod } from 'node-vsphere-soap';
import { transportError, VsphereError } from '../../vim25/vsphere-error';
import { ATTRIBUTES } from './to-soap';

/** Sends a message, and resolves with the text of the answer. */
export type SendText = (message: string) => Promise<string>;

export interface Command {
  readonly name: string;
  readonly args: object;
  /** XML for the SOAP header. */
  readonly header: string;
  readonly send: SendText;
}

/** What `soap` gives to its callback. */
export type CommandResult =
  | { readonly kind: 'Result'; readonly result: unknown; readonly body: string }
  | { readonly kind: 'Error'; readonly error: unknown };

export interface TamedClient {
  /** Rejects only if the message cannot be written. */
  run(command: Command): Promise<CommandResult>;
}

/** `soap` would turn a long into a double and parse a dateTime. All values stay texts; our descriptions parse them. */
const asText = (text: string) => text;
const AS_TEXT = Object.fromEntries(
  ['int', 'integer', 'short', 'long', 'byte', 'double', 'float', 'decimal', 'boolean', 'bool', 'dateTime', 'date'].map(
    (type) => [type, asText],
  ),
);

/** Loads the packages only if this transport is used: that takes 220 ms and 36 MiB (unbundled). */
export async function openTamedClient(wsdl: string, endpoint: string): Promise<TamedClient> {
  const { Client } = await import('node-vsphere-soap');
  const soap = await import('soap');
  const commands = new WeakMap<object, Command>();

  class Tamed extends Client {
    override _connect(): void {}
    override _close(): void {}
  }

  /** Replaces the HTTP client of `soap`, which would make its own TLS connections. */
  const httpClient = {
    request: (
      _url: string,
      message: string,
      callback: (error: unknown, response?: object, body?: string) => void,
      _headers: unknown,
      { command }: { readonly command?: Command },
    ) => {
      const sent = command?.send(message) ?? Promise.reject(transportError('Internal', 'no command', 'NotSent'));
      return sent.then(
        (text) => callback(null, { status: 200, headers: {}, data: text }, text),
        (error: unknown) => callback(error),
      );
    },
  };

  const client = await soap.createClientAsync(
    wsdl,
    {
      // The cache is by URL, and all transports have the same URL.
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
  const withoutErrors = (name: string): PortMethod => {
    return (args, callback) => {
      real[name]?.(
        args,
        (error, result, body) =>
          callback(null, error ? { kind: 'Error', error } : { kind: 'Result', result, body: String(body) }, undefined),
        { command: commands.get(args) },
      );
    };
  };
  const port = Object.fromEntries(Object.keys(real).map((name) => [name, withoutErrors(name)]));
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
          // `soap` could not write the message.
          reject(VsphereError.from(error));
        }
      }),
  };
}
