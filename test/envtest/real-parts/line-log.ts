import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The last lines that a program has written, for error messages and for tests that look for one. */
export class LineLog {
  private readonly lines: string[] = [];
  private readonly listeners = new Set<(line: string) => void>();

  constructor(private readonly capacity = 2_000) {}

  /** Follows a stream until it ends. */
  follow(stream: Readable): void {
    // A pipe that breaks has no more lines. The end of its program is noticed elsewhere.
    createInterface({ input: stream })
      .on('line', (line) => this.add(line))
      .on('error', () => undefined);
  }

  add(line: string): void {
    this.lines.push(line);
    if (this.lines.length > this.capacity) this.lines.shift();
    for (const listener of this.listeners) listener(line);
  }

  /** The listener is called with each new line. Returns a function that removes it. */
  onLine(listener: (line: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  all(): readonly string[] {
    return this.lines;
  }

  /** The last `count` lines as one text. */
  last(count: number): string {
    return this.lines.slice(-count).join('\n');
  }
}
