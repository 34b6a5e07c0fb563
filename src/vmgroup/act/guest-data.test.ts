import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { hostName, instanceUuid, virtualMachineName } from '../../api/identity';
import { type GuestTexts, guestInfo } from './guest-data';

const group = aGroup();
const { name, uid } = group.metadata;
const slot = { ordinal: 3, revision: 'a1b2c3d4e5' };

function given(texts: GuestTexts): Record<string, string> {
  const inFlight = guestInfo(texts, group, slot, CLUSTER_ID);
  return Object.fromEntries(
    Object.entries(inFlight)
      .filter(([key]) => !key.endsWith('.encoding'))
      .map(([key, value]) => [key, gunzipSync(Buffer.from(value, 'base64')).toString('utf8')]),
  );
}

test('both values are compressed, and say so', () => {
  expect(guestInfo({ userData: '#cloud-config' }, group, slot, CLUSTER_ID)).toMatchObject({
    'guestinfo.userdata.encoding': 'gzip+base64',
    'guestinfo.metadata.encoding': 'gzip+base64',
  });
});

test('without user-data the guest still learns who it is', () => {
  const inFlight = given({});
  expect(Object.keys(inFlight)).toEqual(['guestinfo.metadata']);
  expect(parse(inFlight['guestinfo.metadata'] ?? '')).toEqual({
    'instance-id': instanceUuid(uid, slot),
    'local-hostname': hostName(name, uid, slot),
  });
});

test('metadata keeps what it says and gains what is missing', () => {
  const metadata = 'local-hostname: mine # a remark\nnetwork:\n  version: 2\n';
  const text = given({ metadata })['guestinfo.metadata'] ?? '';
  expect(text).toContain('# a remark');
  expect(parse(text)).toEqual({
    'local-hostname': 'mine',
    network: { version: 2 },
    'instance-id': instanceUuid(uid, slot),
  });
});

test('metadata may be written as JSON', () => {
  expect(parse(given({ metadata: '{"instance-id": "i-1"}' })['guestinfo.metadata'] ?? '')).toMatchObject({
    'instance-id': 'i-1',
  });
});

test.each(['- a\n- b\n', 'just words', 'a: [1', 'a: 1\na: 2\n'])(
  'metadata %j is refused with its field',
  (metadata) => {
    expect(() => given({ metadata })).toThrow(/^spec\.guest\.cloudInit\.metadata is no YAML mapping/);
  },
);

test('the text of a refused metadata is not in the error (R10)', () => {
  expect(() => given({ metadata: 'password: [hunter2' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

describe('variables', () => {
  const user = (userData: string) => given({ userData })['guestinfo.userdata'];

  test('stand for the values of the replica', () => {
    expect(user('$(vm.name) $(vm.ordinal) $(group.namespace)/$(group.name)')).toBe(
      `${virtualMachineName(name, uid, slot)} 3 shop/web`,
    );
    expect(user('$(vm.id)|$(vm.hostname)|$(vm.instanceUuid)|$(vm.revision)|$(cluster.name)')).toBe(
      [
        virtualMachineName(name, uid, slot).slice(-8),
        hostName(name, uid, slot),
        instanceUuid(uid, slot),
        slot.revision,
        CLUSTER_ID,
      ].join('|'),
    );
  });

  test("leave the shell's own alone", () => {
    expect(user('$(hostname) $(date +%s) $HOME {{ v1.local_hostname }} $(vm.unknown)')).toBe(
      '$(hostname) $(date +%s) $HOME {{ v1.local_hostname }} $(vm.unknown)',
    );
  });

  test('are written literally with another dollar', () => {
    expect(user('$$(vm.name) $$(date)')).toBe('$(vm.name) $(date)');
  });
});

test('more than vSphere takes is refused with field and remedy', () => {
  expect(() => given({ userData: 'x'.repeat(512 * 1024 + 1) })).toThrow(
    'spec.guest.cloudInit.userData has 524289 bytes: give at most 524288, such as by fetching the rest at boot',
  );
});
