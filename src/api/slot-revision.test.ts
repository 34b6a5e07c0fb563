import { expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { revisionOf } from './identity';
import { isCurrent, slotRevisionOf } from './slot-revision';

const lan = { name: 'lan', network: 'VM Network' };
const revisions = (addresses: string[], rest: object = {}) => {
  const { spec } = aGroup({ networks: [{ ...lan, addresses, ...rest }] });
  return [0, 1, 2].map((ordinal) => slotRevisionOf(spec, ordinal));
};

test('R2: without static addresses every replica has the revision of the spec', () => {
  const { spec } = aGroup({ networks: [lan] });
  expect(slotRevisionOf(spec, 7)).toBe(revisionOf(spec));
});

test('R2: a frozen vector', () => {
  expect(revisions(['10.0.0.10/24', '10.0.0.11/24'])).toMatchInlineSnapshot(`
    [
      "900135bac5",
      "c2db5007e5",
      "179d8e4fca",
    ]
  `);
});

test('a change of one entry is another revision of that ordinal only', () => {
  const before = revisions(['10.0.0.10/24', '10.0.0.11/24', '10.0.0.12/24']);
  const after = revisions(['10.0.0.10/24', '10.0.0.99/24', '10.0.0.12/24', '10.0.0.13/24']);
  expect(after.map((revision, ordinal) => revision === before[ordinal])).toEqual([true, false, true]);
});

test.each([{ gateway: '10.0.0.1' }, { nameservers: ['10.0.0.53'] }])('%j is another revision of all', (rest) => {
  const before = revisions(['10.0.0.10/24', '10.0.0.11/24', '10.0.0.12/24']);
  const after = revisions(['10.0.0.10/24', '10.0.0.11/24', '10.0.0.12/24'], rest);
  expect(after.some((revision, ordinal) => revision === before[ordinal])).toBe(false);
});

test('another name of the entry changes no machine', () => {
  expect(revisions(['10.0.0.10/24'], { name: 'front' })).toEqual(revisions(['10.0.0.10/24']));
});

test('a replica is current by the revision of its own ordinal', () => {
  const { spec } = aGroup({ networks: [{ ...lan, addresses: ['10.0.0.10/24', '10.0.0.11/24'] }] });
  const revision = slotRevisionOf(spec, 0);
  expect([isCurrent({ ordinal: 0, revision }, spec), isCurrent({ ordinal: 1, revision }, spec)]).toEqual([true, false]);
});
