import { expect, test } from 'vitest';
import { FEATURE_NAMES, FEATURES, isFeature, PRIVILEGE_PLACES, privilegesAt } from './features';

test('no privilege is needed on two kinds of objects, so a role without it lacks it everywhere', () => {
  const placed = PRIVILEGE_PLACES.flatMap((place) => privilegesAt(place, FEATURE_NAMES));
  expect(placed).toEqual([...new Set(placed)]);
});

test('a privilege that two features need is named once', () => {
  const edit = 'VirtualMachine.Config.EditDevice';
  expect(privilegesAt('folder', ['networks', 'disks']).filter((privilege) => privilege === edit)).toEqual([edit]);
  expect(privilegesAt('network', ['disks'])).toEqual([]);
});

test.each(['toString', '__proto__', '', 'Machines'])('%j is no feature', (name) => expect(isFeature(name)).toBe(false));

test('machines are a feature', () => {
  expect(isFeature('machines')).toBe(true);
  expect(FEATURE_NAMES).toHaveLength(Object.keys(FEATURES).length);
});
