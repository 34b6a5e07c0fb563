/** When the next connect is due after one that failed. */
import { type BackoffPolicy, backoffMs } from '../time/backoff';
import type { Random } from '../time/random';
import { classifyFailure } from './fault/classify';
import type { VsphereError } from './vim25/vsphere-error';

/** The backoffs Seconds and Minutes. After this many failures Seconds goes on as Minutes. */
export const SECONDS: BackoffPolicy = { firstMs: 1_000, longestMs: 60_000 };
const SECONDS_TRIES = 6;
const MINUTES: BackoffPolicy = { firstMs: 30_000, longestMs: 15 * 60_000 };
/** The backoff HalfHour; a fifth more or less. */
const HALF_HOUR_MS = 30 * 60_000;

export interface Reconnect {
  /** Failures in a row. */
  readonly attempts: number;
  /** Whether this process has been connected before. */
  readonly wasGood: boolean;
  /** When the login breaker lets a login pass. */
  readonly loginProbeInMs: number | undefined;
  readonly random: Random;
}

export function reconnectDelayMs(error: VsphereError, reconnect: Reconnect): number {
  const { attempts, wasGood, loginProbeInMs, random } = reconnect;
  const { backoff } = classifyFailure(error);
  // What was refused at a first contact needs a person. Of a vCenter that was good it is a restart, mostly.
  switch (wasGood && backoff !== 'LoginBreaker' ? 'Seconds' : backoff) {
    case 'LoginBreaker':
      // Credentials that can't be read were not refused.
      if (error.outcome === 'Refused') return loginProbeInMs ?? HALF_HOUR_MS;
      return HALF_HOUR_MS * (0.8 + 0.4 * random());
    case 'HalfHour':
      return HALF_HOUR_MS * (0.8 + 0.4 * random());
    case 'Minutes':
      return Math.max(error.retryAfterMs ?? 0, backoffMs(MINUTES, attempts, random));
    case 'AtOnce':
    case 'Seconds':
    case 'BlockingTask':
      return Math.max(
        error.retryAfterMs ?? 0,
        attempts <= SECONDS_TRIES
          ? backoffMs(SECONDS, attempts, random)
          : backoffMs(MINUTES, attempts - SECONDS_TRIES, random),
      );
  }
}

/** Whether to look for changed settings meanwhile. A certificate that has changed may also pass with a restart. */
export function mayNeedPerson(error: VsphereError): boolean {
  const { backoff } = classifyFailure(error);
  return backoff === 'LoginBreaker' || backoff === 'HalfHour' || error.code === 'CertificateChanged';
}
