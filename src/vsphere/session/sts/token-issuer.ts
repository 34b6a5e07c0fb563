/** Gets bearer tokens from the STS of a vCenter for a user name and a password. */
import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../time/clock';
import type { HttpExchange } from '../../transport/http-exchange';
import { statusError } from '../../transport/status-error';
import { transportError, VsphereError } from '../../vim25/vsphere-error';
import type { Credentials } from '../credentials';
import { readIssueAnswer } from './issue-answer';
import { ISSUE_ACTION, issueRequest, securityHeader, TOKEN_LIFETIME_MS } from './issue-request';

export interface Token {
  /** The header element of LoginByToken. A secret (R10). */
  readonly security: string;
  readonly expiresMonotonicMs: number;
}

const PATH = '/sts/STSService';
const DEFAULT_DOMAIN = 'vsphere.local';
const TIMEOUT_MS = 30_000;
/** A token has some kilobytes. */
const LARGEST_BYTES = 2 ** 20;
/** A token is not used in its last 30 s: it could end on its way. */
const MARGIN_MS = 30_000;
/** The STS tolerates ten minutes. Messages name the difference from this one on. */
const SKEW_WORTH_NAMING_MS = 60_000;
/** Its text says `Signing certificate is not valid at …`; its code is InvalidTimeRange, as for a wrong clock. */
const SIGNING_CERTIFICATE_FAULT = /signing certificate/i;
/** Words in faults of the STS that are about time. */
const TIME_FAULT = /expired|InvalidTimeRange|time ?range|lifetime|not yet valid|clock/i;

export class TokenIssuer {
  readonly #exchange: HttpExchange;
  readonly #clock: Clock;
  /** The path at which the STS was found. */
  #path: string | undefined;

  constructor(exchange: HttpExchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
  }

  /**
   * Rejects with a VsphereError: FailedAuthentication, InvalidToken, ClockSkew, SoapFault for other refusals,
   * NotVCenter if no STS is found, or a failure of the connection.
   */
  async issue(credentials: Credentials, signal: AbortSignal): Promise<Token> {
    for (const path of this.#path === undefined ? candidatePaths(credentials.userName) : [this.#path]) {
      const token = await this.#issueAt(path, credentials, signal);
      if (token === 'NotHere') continue;
      this.#path = path;
      return token;
    }
    this.#path = undefined;
    throw transportError(
      'NotVCenter',
      `${this.#exchange.server} has no STS at ${PATH}: set VC_AUTH=Password, or check that it is a vCenter`,
      'Refused',
    );
  }

  async #issueAt(path: string, credentials: Credentials, signal: AbortSignal): Promise<Token | 'NotHere'> {
    const { server } = this.#exchange;
    let xml = '';
    let notHere = false;
    const sink = {
      write: (text: string) => {
        xml += text;
      },
    };
    const refusal = (name: string, response: IncomingMessage) => {
      const { statusCode } = response;
      notHere = statusCode === 404;
      // Not statusError for these two: vcsim sends its answer as text/plain. readIssueAnswer refuses what is not XML.
      return statusCode === 200 || statusCode === 500 ? undefined : statusError(name, response);
    };
    const sentAtMs = this.#clock.monotonicMs();
    const limits = { timeoutMs: TIMEOUT_MS, largestBytes: LARGEST_BYTES } as const;
    const call = { method: 'POST', path, what: 'the STS', ...limits, signal, refusal } as const;
    const body = issueRequest(credentials, this.#clock.wallMs());
    try {
      const { serverWallMs } = await this.#exchange.send(
        { ...call, headers: { SOAPAction: ISSUE_ACTION }, body },
        sink,
      );
      const answer = readIssueAnswer(xml);
      if (answer.kind === 'Fault') throw stsError(server, answer, this.#skewMs(serverWallMs));
      const lifetimeMs = answer.lifetimeMs ?? TOKEN_LIFETIME_MS;
      return {
        security: securityHeader(answer.assertion, answer.namespaces),
        // From the two times of the server and our monotonic clock, so that a difference of the wall clocks does not
        // matter.
        expiresMonotonicMs: sentAtMs + lifetimeMs - MARGIN_MS,
      };
    } catch (error) {
      if (notHere) return 'NotHere';
      throw error;
    }
  }

  /** How far our clock is ahead of the server's. The header Date says it; CurrentTime would need a session. */
  #skewMs(serverWallMs: number | undefined): number {
    return serverWallMs === undefined ? 0 : this.#clock.wallMs() - serverWallMs;
  }
}

/** vcsim, and installations with a domain of their own, have the domain in the path. */
function candidatePaths(userName: string): readonly string[] {
  const domain = /@([A-Za-z0-9.-]+)$/.exec(userName)?.[1] ?? DEFAULT_DOMAIN;
  return [...new Set([PATH, `${PATH}/${domain.toLowerCase()}`, `${PATH}/${DEFAULT_DOMAIN}`])];
}

function stsError(
  server: string,
  fault: { readonly code: string; readonly text: string },
  skewMs: number,
): VsphereError {
  const words = fault.text === '' ? fault.code : `${fault.text.replace(/\.$/, '')} (${fault.code})`;
  const skew = Math.abs(skewMs) < SKEW_WORTH_NAMING_MS ? '' : `; ${skewText(skewMs)}`;
  // The STS compares the time of the request with the validity of its certificate. If the clocks differ, they are the cause.
  if (skew === '' && SIGNING_CERTIFICATE_FAULT.test(fault.text)) {
    const remedy = 'renew the signing certificate of the STS in vCenter';
    return transportError('StsCertificateInvalid', `the STS of ${server} refuses: ${words}; ${remedy}`, 'Refused');
  }
  const isAboutTime = TIME_FAULT.test(fault.code) || TIME_FAULT.test(fault.text);
  if (isAboutTime && !/FailedAuthentication/.test(fault.code)) {
    const remedy = skew === '' ? '; compare the clock of the operator with that of vCenter' : skew;
    return transportError('ClockSkew', `the STS of ${server} refuses the time: ${words}${remedy}`, 'Refused');
  }
  const text = `the STS of ${server} refuses: ${words}${skew}`;
  if (fault.code === 'FailedAuthentication' || fault.code === 'InvalidToken')
    return new VsphereError(fault.code, text, 'Refused');
  return transportError('SoapFault', text, 'Refused');
}

function skewText(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const amount = seconds < 600 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `the clock of the operator is ${amount} ${skewMs > 0 ? 'ahead of' : 'behind'} the server's: synchronize both (NTP)`;
}
