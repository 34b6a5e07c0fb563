/** What this room needs of a logger. Fields never hold a secret (R10). */
export interface Log {
  /** Absent: nobody wants to know so much. */
  debug?(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
