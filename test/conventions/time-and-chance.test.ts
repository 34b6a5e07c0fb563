import { expect, test } from 'vitest';
import { placeOf, sourceFiles } from './source-files';

/** What reads a clock, starts a timer or draws a number. A method of that name, such as `socket.setTimeout`, is not. */
const UNINJECTED =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b|(?<!\.)\bset(?:Timeout|Interval)\b|\bglobalThis\.set(?:Timeout|Interval)\b|\bAbortSignal\.timeout\b|\btimers\/promises\b|\bMath\.random\b/g;

test('R12: only src/time touches clock, timers and chance', () => {
  const findings = sourceFiles('src', 'charts')
    .filter(({ path }) => !path.startsWith('src/time/'))
    .flatMap((file) => [...file.code.matchAll(UNINJECTED)].map((match) => `${placeOf(file, match.index)} ${match[0]}`));
  expect(
    findings,
    'Take a Clock or a Random of src/time as a parameter instead, so that tests need no waiting and replay exactly.',
  ).toEqual([]);
});
