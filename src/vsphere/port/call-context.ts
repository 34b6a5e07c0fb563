/** On whose behalf a call is made, and until when. `operationId` is shown as opID in vCenter's logs: short ASCII. */
export interface CallContext {
  readonly operationId: string;
  readonly signal: AbortSignal;
  /**
   * Asked at the last moment (R6): the request has its connection, and no byte of it was written. If it returns false,
   * the call ends with the code Stopped and the outcome NotSent. It is asked so late because a call may wait long for a
   * connection or a login. Default: always true. Must not throw.
   */
  readonly maySend?: () => boolean;
}
