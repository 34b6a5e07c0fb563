/** The two ways to log in: with the password, or with a token that the STS issues for the password. */
import type { Clock } from '../../time/clock';
import type { CallContext, ManagedObjectReference } from '../port';
import type { VimTransport } from '../transport/transport';
import type { ReturnOf } from '../vim25/methods';
import { VsphereError } from '../vim25/vsphere-error';
import { type Credentials, digestOf } from './credentials';
import type { Token, TokenIssuer } from './sts/token-issuer';

export const AuthKind = { Password: 'Password', TokenByPassword: 'TokenByPassword' } as const;
export type AuthKind = (typeof AuthKind)[keyof typeof AuthKind];

type UserSession = ReturnOf<'Login'>;

/** Logs in on a transport without a session. Rejects with a VsphereError. The caller asks the login breaker first. */
export interface Authenticator {
  login(
    transport: VimTransport,
    sessionManager: ManagedObjectReference,
    credentials: Credentials,
    call: CallContext,
  ): Promise<UserSession>;
}

export const passwordLogin: Authenticator = {
  login: (transport, sessionManager, { userName, password }, call) =>
    transport.invoke('Login', sessionManager, { userName, password }, call),
};

/** Keeps the token while it is valid, so that a lost session needs no second Issue (docs/vsphere.md#sts-tokens). */
export class TokenLogin implements Authenticator {
  readonly #issuer: TokenIssuer;
  readonly #clock: Clock;
  #held: (Token & { readonly digest: string }) | undefined;

  constructor(issuer: TokenIssuer, clock: Clock) {
    this.#issuer = issuer;
    this.#clock = clock;
  }

  async login(
    transport: VimTransport,
    sessionManager: ManagedObjectReference,
    credentials: Credentials,
    call: CallContext,
  ): Promise<UserSession> {
    const digest = digestOf(credentials);
    const use = ({ security }: Token) => transport.invoke('LoginByToken', sessionManager, {}, { ...call, security });
    const held = this.#held;
    if (held?.digest === digest && this.#clock.monotonicMs() < held.expiresMonotonicMs)
      try {
        return await use(held);
      } catch (error) {
        // The token may have been revoked. One more Issue is made, and its result is final (LoginBreaker).
        const { code } = VsphereError.from(error);
        if (code !== 'InvalidToken' && code !== 'InvalidLogin') throw error;
      }
    this.#held = undefined;
    const token = await this.#issuer.issue(credentials, call.signal);
    const session = await use(token);
    this.#held = { ...token, digest };
    return session;
  }
}
