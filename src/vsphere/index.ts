/**
 * One vCenter: vim25 types and codec, transport, session, inventory, tasks, faults. Knows no Kubernetes kind.
 *
 * Promises: nothing here waits for a task (R3); a settled connection sends one long wait a minute and a keep-alive every
 * five, nothing else (R4); every failure is a VsphereError with a code and a verdict (R8); no message holds a secret (R10);
 * trust is per connection (R11). Start reading at `connection.ts`; `port.ts` is all that other rooms build on.
 */

export { type ConnectOptions, connectVCenter } from './connection';
export { classifyFailure, type FailureContext } from './fault/classify';
export { decodeName } from './inventory/virtual-machine';
export * from './port';
export { AuthKind } from './session/authenticator';
export { type Credentials, type CredentialsProvider, fileCredentials, staticCredentials } from './session/credentials';
export type { Log } from './session/log';
export {
  type CallEnd,
  callEndChannel,
  type SessionEvent,
  sessionExpiredChannel,
  unreadableValueChannel,
} from './transport/channels';
export { type ProxyAddress, proxyFromEnvironment } from './transport/proxy';
export { type ServerAddress, serverName } from './transport/server-address';
export { probeServer, type ServerProbe, type ShownCertificate } from './transport/server-probe';
export { TransportKind } from './transport/transport';
export { normalizeFingerprint, type TrustProvider, type TrustSettings } from './transport/trust';
export { type FaultDetail, type TransportCode, VsphereError } from './vim25/vsphere-error';
