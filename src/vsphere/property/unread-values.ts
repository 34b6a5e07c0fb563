import { type ManagedObjectReference, refKey } from '../port';
import type { Log } from '../session/log';
import { publishUnreadableValue } from '../transport/channels';

/** Beyond this many, what is told is forgotten, and is told again when it comes again. */
const MOST_TOLD = 10_000;
const LONGEST = 200;

/** Counts values that a server sent and that cannot be read, and tells each object and path of them once (R14). */
export class UnreadValues {
  readonly #server: string;
  readonly #log: Log;
  readonly #told = new Set<string>();

  constructor(server: string, log: Log) {
    this.#server = server;
    this.#log = log;
  }

  report(object: ManagedObjectReference, path: string, found: string): void {
    publishUnreadableValue({ server: this.#server });
    const name = cut(refKey(object));
    const where = cut(path);
    const key = `${name} ${where}`;
    if (this.#told.has(key)) return;
    if (this.#told.size >= MOST_TOLD) this.#told.clear();
    this.#told.add(key);
    const fields = { server: this.#server, object: name, path: where, found: cut(found) };
    this.#log.warn('a value from vCenter cannot be read: what was known of this object stays', fields);
  }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
