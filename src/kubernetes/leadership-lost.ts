/** The lease was lost. The process must end: another process may act now, on what it sees itself. */
export class LeadershipLost extends Error {
  override readonly name = 'LeadershipLost';
  readonly code = 'LeadershipLost';
}
