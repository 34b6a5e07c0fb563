/** What `npm run fuzz -- NAME` runs. */
export interface FuzzTarget {
  /** Draws inputs from the seed on, until the signal is aborted or something is found. */
  run(options: FuzzOptions, signal: AbortSignal): Promise<FuzzEnd>;
}

export interface FuzzOptions {
  readonly seed: number;
  /** Called now and then with a line for a person. */
  readonly tell: (line: string) => void;
}

export interface FuzzEnd {
  /** How many inputs were tried. */
  readonly tried: number;
  /** What went wrong, with the input to keep; undefined when nothing did. */
  readonly found?: string | undefined;
}
