import type { Screen } from '../text-table';
import type { Progress } from './group-view';

/** Full for what is done, half for what has begun, empty for the rest. What is not done never looks done. */
export function progressBar({ of, done, begun }: Progress, width: number, { paint }: Screen): string {
  const columns = (count: number) => (of === 0 ? 0 : Math.min(width, Math.floor((count / of) * width)));
  const full = columns(done);
  const half = columns(done + begun) - full;
  const empty = width - full - half;
  const part = (style: 'green' | 'yellow' | 'dim', sign: string, count: number) =>
    count === 0 ? '' : paint(style, sign.repeat(count));
  return part('green', '█', full) + part('yellow', '▒', half) + part('dim', '░', empty);
}

/** As in: 2 of 5 updated and ready, 1 more begun. */
export function progressWords({ kind, of, done, begun }: Progress): string {
  const what = kind === 'Update' ? 'updated and ready' : 'ready';
  const more = kind === 'Update' ? 'updated, not ready yet' : 'there, not ready yet';
  return begun === 0 ? `${done} of ${of} ${what}` : `${done} of ${of} ${what}, ${begun} ${more}`;
}
