import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { networkRecord, readNetworkRecord, sharedAddress } from './network-record';
import { adapterAddresses, hasStaticAddresses, repeatedAddress, shortListFor } from './static-addresses';

const lan = { name: 'lan', network: 'VM Network', addresses: ['10.0.0.10/24', '10.0.0.11/24'], gateway: '10.0.0.1' };
const san = { name: 'san', network: 'storage' };
const spec = aGroup({ networks: [lan, san] }).spec;

test('each adapter gets the entry of its ordinal, and one without a list gets none', () => {
  expect(adapterAddresses(spec, 1)).toEqual([
    { network: 'lan', address: '10.0.0.11/24', gateway: '10.0.0.1' },
    { network: 'san' },
  ]);
});

test('a list is too short for the ordinals behind its end', () => {
  expect(shortListFor(spec, 1)).toBeUndefined();
  expect(shortListFor(spec, 2)).toEqual({ network: 'lan', entries: 2 });
  expect(shortListFor(aGroup({ networks: [san] }).spec, 400)).toBeUndefined();
});

test('a group without a list has no static addresses', () => {
  expect([aGroup().spec, aGroup({ networks: [san] }).spec, spec].map(hasStaticAddresses)).toEqual([false, false, true]);
});

test.each([
  [['10.0.0.1/24', '10.0.0.2/24', '10.0.0.1/16'], { first: 0, second: 2, address: '10.0.0.1/16' }],
  [['fd00::1/64', 'FD00:0:0::0001/64'], { first: 0, second: 1, address: 'FD00:0:0::0001/64' }],
  [['10.0.0.1/24', '10.0.0.2/24'], undefined],
])('%j: one address in two ways is found', (addresses, found) => {
  const repeated = repeatedAddress(aGroup({ networks: [{ ...lan, addresses }] }).spec);
  expect(repeated).toEqual(found && { network: 'lan', ...found });
});

describe('the record of a machine', () => {
  test('is read as it was written', () => {
    const adapters = adapterAddresses(spec, 0);
    const [text] = Object.values(networkRecord(adapters));
    expect(readNetworkRecord(text)).toEqual(adapters);
  });

  test.each([undefined, '', 'x', '{}', '[1]', '[{"network":1}]', '[{"network":"a","address":{}}]'])(
    'R14: %j says nothing',
    (text) => expect(readNetworkRecord(text)).toBeUndefined(),
  );

  test('shows an address that another has, also by another prefix length and network name', () => {
    const other = [{ network: 'former', address: '10.0.0.11/16' }];
    expect(sharedAddress(adapterAddresses(spec, 1), other)?.address).toBe('10.0.0.11/24');
    expect(sharedAddress(adapterAddresses(spec, 0), other)).toBeUndefined();
  });
});
