import { expect, test } from 'vitest';
import { SettingsError } from '../../settings/settings-error';
import { type CheckStep, failed, ok, runSteps, warning } from './check-steps';
import { checkText } from './check-text';

const step = (check: string, needs: readonly string[], run: CheckStep['run']): CheckStep => ({ check, needs, run });

test('a check that needs a failed one is skipped and names the first cause, and the others run', async () => {
  const results = await runSteps([
    step('name', [], async () => [failed('no address', 'correct VC_HOST')]),
    step('connection', ['name'], async () => [ok('not reached')]),
    step('login', ['connection'], async () => [ok('not reached')]),
    step('manifests', [], async () => [warning('odd'), ok('fine')]),
    step('placement', ['manifests'], async () => [ok('found')]),
  ]);
  expect(results).toEqual([
    { check: 'name', status: 'failed', message: 'no address', remedy: 'correct VC_HOST' },
    { check: 'connection', status: 'skipped', message: 'needs name' },
    { check: 'login', status: 'skipped', message: 'needs name' },
    { check: 'manifests', status: 'warning', message: 'odd' },
    { check: 'manifests', status: 'ok', message: 'fine' },
    { check: 'placement', status: 'ok', message: 'found' },
  ]);
});

test('a setting that cannot be used fails its check, any other error is a bug', async () => {
  const broken = async () => {
    throw new SettingsError('VC_HOST is not set');
  };
  expect(await runSteps([step('settings', [], broken)])).toEqual([
    { check: 'settings', status: 'failed', message: 'VC_HOST is not set' },
  ]);
  const bug = async () => {
    throw new TypeError('oops');
  };
  await expect(runSteps([step('settings', [], bug)])).rejects.toThrow('oops');
});

test('results are printed with the remedy below, and counted', () => {
  const text = checkText(
    [
      { check: 'name', status: 'ok', message: 'known' },
      { check: 'trust', status: 'warning', message: 'insecure' },
      { check: 'login', status: 'failed', message: 'refused', remedy: 'correct VC_PASS' },
      { check: 'inventory', status: 'skipped', message: 'needs login' },
      { check: 'privileges', status: 'ok', message: 'folder a' },
      { check: 'privileges', status: 'ok', message: 'pool b' },
    ],
    { paint: (_, line) => line, width: undefined },
  );
  expect(text.join('\n')).toBe(
    `
ok       name        known
warning  trust       insecure
failed   login       refused
                     -> correct VC_PASS
skipped  inventory   needs login
ok       privileges  folder a
ok                   pool b

3 ok, 1 failed, 1 warning, 1 skipped.`.slice(1),
  );
});
