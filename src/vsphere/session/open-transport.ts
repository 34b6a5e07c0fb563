/** Makes the transport and the authenticator that the options name. */
import type { Clock } from '../../time/clock';
import { HttpsTransport } from '../transport/https-transport';
import type { ProxyAddress } from '../transport/proxy';
import { HttpRestTransport, type RestTransport } from '../transport/rest-transport';
import type { ServerAddress } from '../transport/server-address';
import { SoapTransport } from '../transport/soap/soap-transport';
import { TransportKind, type VimTransport } from '../transport/transport';
import type { Trust } from '../transport/trust';
import { transportError } from '../vim25/vsphere-error';
import { type Authenticator, AuthKind, passwordLogin, TokenLogin } from './authenticator';
import { TokenIssuer } from './sts/token-issuer';

export interface OpenTransportOptions {
  readonly server: ServerAddress;
  readonly clock: Clock;
  readonly auth?: AuthKind;
  readonly proxy?: ProxyAddress | undefined;
  readonly transportKind?: TransportKind;
  readonly transport?: VimTransport;
  readonly restTransport?: RestTransport;
}

export interface OpenedTransport {
  readonly transport: VimTransport;
  readonly authenticator: Authenticator;
  /** Absent where nobody can log in to the REST API: with tokens, and where a caller gives none. */
  readonly rest?: RestTransport;
}

/** Throws a VsphereError InvalidInput if the options do not fit together. */
export function openTransport(options: OpenTransportOptions, trust: Trust): OpenedTransport {
  const { server: address, clock, auth = AuthKind.Password, proxy, transportKind = TransportKind.Https } = options;
  if (options.transport !== undefined) {
    const { transport, restTransport: rest } = options;
    if (auth === AuthKind.Password) return { transport, authenticator: passwordLogin, ...(rest && { rest }) };
    throw transportError('InvalidInput', `a transport that the caller gives has no STS for ${auth}`, 'NotSent');
  }
  const transport =
    transportKind === TransportKind.Soap
      ? new SoapTransport({ address, trust, clock, proxy })
      : new HttpsTransport({ address, trust, clock, proxy });
  switch (auth) {
    case AuthKind.Password:
      return { transport, authenticator: passwordLogin, rest: new HttpRestTransport(transport.exchange, clock) };
    case AuthKind.TokenByPassword:
      return { transport, authenticator: new TokenLogin(new TokenIssuer(transport.exchange, clock), clock) };
  }
}
