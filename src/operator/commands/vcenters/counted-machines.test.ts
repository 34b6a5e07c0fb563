import { expect, test } from 'vitest';
import { VCENTER_UUID } from '../../../../test/support/builders/observation';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import { countedMachines } from './counted-machines';
import type { KnownVCenter } from './vcenters-in-use';

const signal = new AbortController().signal;
const HOMES = new Map([
  ['uid-of-gold', 'gold'],
  ['uid-of-gone', 'gone'],
]);

function known(name: string, instanceUuid: string | undefined): [string, KnownVCenter] {
  const { metadata } = aVCenter();
  const status = instanceUuid === undefined ? {} : { about: { instanceUuid } };
  return [name, { vcenter: aVCenter({}, { metadata: { ...metadata, name }, status }), source: undefined }];
}

async function asked(...vcenters: readonly [string, KnownVCenter][]) {
  let reads = 0;
  const groupHomes = async () => {
    reads += 1;
    return HOMES;
  };
  const counted = await countedMachines(new Map(vcenters), { groupHomes }, signal);
  return { reads, holds: (name: string, uid: string) => counted(name).holds(uid) };
}

test('R15: of two VCenters for one vCenter, each counts the machines of its own groups, as the operator does', async () => {
  const { holds } = await asked(known('gold', VCENTER_UUID), known('silver', VCENTER_UUID));
  expect(holds('silver', 'uid-of-gold')).toBe(true);
  expect(holds('gold', 'uid-of-gold')).toBe(false);
  expect(holds('silver', 'uid-of-gone')).toBe(false);
  expect(holds('silver', 'uid-of-nobody')).toBe(false);
});

test('groups are listed only where several VCenters name one vCenter', async () => {
  expect((await asked(known('gold', VCENTER_UUID), known('silver', 'another'))).reads).toBe(0);
  const unknown = await asked(known('gold', undefined), known('silver', undefined));
  expect([unknown.reads, unknown.holds('silver', 'uid-of-gold')]).toEqual([0, false]);
});
