/** One open watch of the model: pushed values come out in order until the watch ends or fails. */
export class ModelWatch {
  readonly collection: string;
  readonly namespace: string | undefined;
  readonly #values: unknown[] = [];
  #sentVersion: number;
  #end: { readonly error?: unknown } | undefined;
  #wake: () => void = () => {};

  /** `from` is the version that the watch was opened with. */
  constructor(collection: string, namespace: string | undefined, from = 0) {
    this.collection = collection;
    this.namespace = namespace;
    this.#sentVersion = from;
  }

  /** Sends an event, unless it is no newer than the last: after a restore the server gives versions a second time. */
  send(version: number, event: unknown): void {
    if (version <= this.#sentVersion) return;
    this.#sentVersion = version;
    this.push(event);
  }

  /** Has no effect after the end of the watch. */
  push(value: unknown): void {
    if (this.#end !== undefined) return;
    this.#values.push(value);
    this.#wake();
  }

  end(): void {
    this.#end ??= {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  async *values(): AsyncGenerator<unknown> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift();
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
