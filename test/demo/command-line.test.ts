import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './show/command-line';

describe('parseCommandLine', () => {
  test.each([
    [[], { ending: 'Stay', output: 'Automatic' }],
    [['--once'], { ending: 'Once', output: 'Automatic' }],
    [['--plain', '--once'], { ending: 'Once', output: 'Plain' }],
    [['--chaos=42'], { ending: 'Stay', output: 'Automatic', chaosSeed: 42 }],
    [['--once', '--chaos'], { ending: 'Once', output: 'Automatic', chaosSeed: 500_000_000 }],
  ])('%j plays the demo with %j', (args, flags) => {
    expect(parseCommandLine(args, () => 0.5)).toEqual({ kind: 'Show', flags });
  });

  test.each(['--help', '-h'])('%s shows the help', (flag) => {
    expect(parseCommandLine([flag])).toEqual({ kind: 'Help' });
  });

  test.each(['--onse', 'once', '', '--once=true', '--chaos=', '--chaos=x'])(
    '%j is refused with one line that names it',
    (arg) => {
      const wrong = parseCommandLine([arg]);
      expect(wrong).toEqual({
        kind: 'Wrong',
        message: `unknown flag ${JSON.stringify(arg)}: npm start -- --help lists the flags`,
      });
    },
  );
});
