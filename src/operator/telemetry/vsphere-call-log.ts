import { type CallEnd, callEndChannel, type SessionEvent, sessionExpiredChannel } from '../../vsphere';
import type { Logger } from './logger';

/**
 * Logs each call to vCenter at level debug, with the operation id that vCenter's own logs show as opID. It logs names and
 * sizes, never a body (R10). Returns the function that stops it.
 */
export function logVsphereCalls(logger: Logger): () => void {
  const log = logger.named('vsphere');
  const onCall = (message: unknown) => {
    const { method, operationId, server, durationMs, requestBytes, responseBytes, code } = message as CallEnd;
    const fields = { method, operationId, server, durationMs: Math.round(durationMs), requestBytes, responseBytes };
    log.debug(code === undefined ? 'call' : 'call failed', { ...fields, code });
  };
  const onExpired = (message: unknown) =>
    log.info('the session has ended', { server: (message as SessionEvent).server });
  callEndChannel.subscribe(onCall);
  sessionExpiredChannel.subscribe(onExpired);
  return () => {
    callEndChannel.unsubscribe(onCall);
    sessionExpiredChannel.unsubscribe(onExpired);
  };
}
