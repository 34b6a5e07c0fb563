/** One vCenter. The parts of src/vsphere that src/vcenter and src/operator use; see README.md. */

export type { ConnectOptions } from './connect-options';
export { connectVCenter } from './connection';
export { classifyFailure, type FailureContext } from './fault/classify';
export { decodeName } from './inventory/virtual-machine';
export * from './port';
export { AuthKind } from './session/authenticator';
export {
  type Credentials,
  type CredentialsProvider,
  digestOf,
  fileCredentials,
  staticCredentials,
} from './session/credentials';
export type { Log } from './session/log';
export { RefusedLogins } from './session/refused-logins';
export {
  type CallEnd,
  callEndChannel,
  inventoryReadChannel,
  type SessionEvent,
  sessionExpiredChannel,
  unreadableValueChannel,
  type WorkSent,
  workSentChannel,
} from './transport/channels';
export { type ProxyAddress, proxyFromEnvironment } from './transport/proxy';
export { type ServerAddress, serverName } from './transport/server-address';
export { probeServer, type ServerProbe } from './transport/server-probe';
export { TransportKind } from './transport/transport';
export { normalizeFingerprint, type TrustProvider, type TrustSettings } from './transport/trust';
export { type FaultDetail, type TransportCode, VsphereError } from './vim25/vsphere-error';
