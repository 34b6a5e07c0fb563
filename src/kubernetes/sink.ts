/** Where the objects go. Called in the order of the server's history. */
export interface Sink<T> {
  /** What is kept of an object. Objects of a list pass it as they arrive. */
  prepare(object: T): T | undefined;
  /** All objects at one version, prepared. */
  replace(items: readonly T[], at: ListedAt): void;
  /** An object as the server sent it. */
  upsert(object: T): void;
  remove(object: T): void;
  /** The object with the newest version. */
  newest(): T | undefined;
  /** Called with the error when reading fails, and with undefined when it works again. */
  readError(error: unknown): void;
}

export interface ListedAt {
  readonly version: string;
  /** Rewound: the server had a newer version before. */
  readonly history: 'Continued' | 'Rewound';
}
