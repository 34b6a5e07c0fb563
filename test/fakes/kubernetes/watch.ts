/** One open watch of the model: pushed values come out in order until the watch ends or fails. */
export class ModelWatch {
  readonly collection: string;
  readonly namespace: string | undefined;
  readonly #values: unknown[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(collection: string, namespace: string | undefined) {
    this.collection = collection;
    this.namespace = namespace;
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
