import { expect, test } from 'vitest';
import { argumentsOfPlugin } from './plugin-arguments';

test.each([
  ['kubectl vg', [], ['status']],
  ['kubectl vg -A -w', ['-A', '-w'], ['status', '-A', '-w']],
  ['kubectl vg shop/web', ['shop/web'], ['status', 'shop/web']],
  ['kubectl vg --help', ['--help'], ['status', '--help']],
  ['kubectl vg status web', ['status', 'web'], ['status', 'web']],
  ['kubectl vg plan -f web.yaml', ['plan', '-f', 'web.yaml'], ['plan', '-f', 'web.yaml']],
  ['kubectl vg check', ['check'], ['check']],
  ['kubectl vg role', ['role'], ['role']],
  ['kubectl vg run, a group of that name: the operator is not started', ['run'], ['status', 'run']],
])('%s', (_, given, expected) => {
  expect(argumentsOfPlugin(given)).toEqual(expected);
});
