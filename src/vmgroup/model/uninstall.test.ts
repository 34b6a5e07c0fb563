import { expect, test } from 'vitest';
import { aDeletedGroup } from '../../../test/support/builders/observation';
import { isUninstall } from './uninstall';

/** Of a group that was deleted at midnight, with the CRD deleted so many seconds later. */
function isUninstallAfter(seconds: number): boolean {
  const time = new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString().replace('.000', '');
  return isUninstall(aDeletedGroup(), { kind: 'Since', time });
}

test('a group that was deleted a minute before its CRD is not part of the uninstall', () => {
  expect(isUninstallAfter(60)).toBe(false);
});

test.each([0, -1, -600])('a group that is deleted with its CRD or after it leaves its machines: %i s', (seconds) => {
  expect(isUninstallAfter(seconds)).toBe(true);
});

test.each([1, 30])(
  'in doubt the machines stay: API servers whose clocks differ may write the wrong order: %i s',
  (seconds) => {
    expect(isUninstallAfter(seconds)).toBe(true);
  },
);

test('a time that cannot be read leaves the machines too', () => {
  expect(isUninstall(aDeletedGroup(), { kind: 'Since', time: 'yesterday' })).toBe(true);
});

test('without its CRD a group is part of an uninstall, and with a CRD that stays it is not', () => {
  expect(isUninstall(aDeletedGroup(), { kind: 'Gone' })).toBe(true);
  expect(isUninstall(aDeletedGroup(), { kind: 'None' })).toBe(false);
});
