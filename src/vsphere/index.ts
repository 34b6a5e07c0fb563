/**
 * One vCenter: vim25 types and codec, transport, session, inventory, tasks, faults. Knows no Kubernetes kind.
 *
 * Promises: nothing here waits for a task (R3); a settled connection sends one long wait a minute and a keep-alive every
 * five, nothing else (R4); every failure is a VsphereError with a code and a verdict (R8); no message holds a secret (R10);
 * trust is per connection (R11). Start reading at `connection.ts`; `port.ts` is all that other rooms build on.
 */
export { AuthKind } from './authenticator';
export {
  type CallEnd,
  callEndChannel,
  type SessionEvent,
  sessionExpiredChannel,
} from './channels';
export { type ConnectOptions, connectVCenter } from './connection';
export { type Credentials, type CredentialsProvider, fileCredentials, staticCredentials } from './credentials';
export { classifyFailure, type FailureContext } from './faults/classify';
export type { Log } from './log';
export * from './port';
export { type ProxyAddress, proxyFromEnvironment } from './proxy';
export { type ServerAddress, serverName } from './server-address';
export { probeServer, type ServerProbe, type ShownCertificate } from './server-probe';
export { TransportKind } from './transport';
export { normalizeFingerprint, type TrustProvider, type TrustSettings } from './trust';
export { decodeName } from './virtual-machine';
export { type FaultDetail, type TransportCode, VsphereError } from './vsphere-error';
