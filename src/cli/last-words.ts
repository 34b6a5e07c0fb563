/** The end of a process that has a bug. */
import type { LogFields } from '../operator/telemetry/logger';

const MOST_PLACES = 10;

/**
 * Tells what was thrown, and where; never the value itself: Node would print all its properties, and those of an error of a
 * request may hold a password (R10). Of something that is no error only its type is told.
 */
export function lastWords(thrown: unknown): LogFields {
  if (!(thrown instanceof Error)) return { error: `a ${typeof thrown} was thrown` };
  const places = (thrown.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  return { error: thrown, at: places.slice(0, MOST_PLACES).map((place) => place.trim().replace(/^at /, '')) };
}
