import type { RestTransport } from '../transport/rest-transport';
import { LoginBreaker } from './login-breaker';
import type { RefusedLogins } from './refused-logins';
import { RestSession, type RestSessionOptions } from './rest-session';
import type { Session } from './session';

export interface OpenRestSessionOptions extends Pick<RestSessionOptions, 'credentials' | 'clock' | 'log'> {
  /** Absent: there is no session. */
  readonly transport: RestTransport | undefined;
  readonly refused: RefusedLogins;
  /** The server and the way to log in. */
  readonly place: string;
  readonly mayProbe: () => boolean;
  /** Of the other API, which is logged in by then. */
  readonly session: Session;
}

export function openRestSession(options: OpenRestSessionOptions): RestSession | undefined {
  const { transport, refused, place, mayProbe, session, ...rest } = options;
  if (transport === undefined) return undefined;
  // A place of its own: what the REST API refuses keeps nobody from the API that all depends on.
  const breaker = new LoginBreaker({ refused, place: `${place} rest`, mayProbe });
  const firstBase = () => (majorOf(session.service.about.version) >= 7 ? 'api' : 'rest');
  return new RestSession({ ...rest, transport, breaker, firstBase });
}

/** Of a version such as 8.0.3. */
function majorOf(version: string): number {
  return Number(version.split('.', 1)[0]);
}
