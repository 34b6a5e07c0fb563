import { expect, test } from 'vitest';
import { FEATURE_NAMES, FEATURES, isFeature, PRIVILEGE_PLACES, privilegesAt } from './features';

test('no privilege is needed on two kinds of objects, so a role without it lacks it everywhere', () => {
  const made = PRIVILEGE_PLACES.filter((place) => place !== 'adopted');
  const placed = made.flatMap((place) => privilegesAt(place, FEATURE_NAMES));
  expect(placed).toEqual([...new Set(placed)]);
});

test('machines that are taken over need nothing that the groups do not need on their own machines', () => {
  const ofGroups = privilegesAt('folder', FEATURE_NAMES);
  expect(privilegesAt('adopted', FEATURE_NAMES).filter((privilege) => !ofGroups.includes(privilege))).toEqual([]);
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
