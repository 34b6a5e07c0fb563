import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { hostName, instanceUuid, virtualMachineName } from '../../api/identity';
import { GuestDataMaker, type GuestTexts, guestInfo } from './guest-data';
import { GuestMetadata } from './guest-metadata';

const group = aGroup();
const { name, uid } = group.metadata;
const slot = { ordinal: 3, revision: 'a1b2c3d4e5' };
const of = { group, slot, clusterId: CLUSTER_ID, instanceUuid: instanceUuid(uid, slot) };

function given(texts: GuestTexts): Record<string, string> {
  const extraConfig = guestInfo(texts, of, new GuestMetadata());
  return Object.fromEntries(
    Object.entries(extraConfig)
      .filter(([key]) => !key.endsWith('.encoding'))
      .map(([key, value]) => [key, gunzipSync(Buffer.from(value, 'base64')).toString('utf8')]),
  );
}

test('both values are compressed, and their encoding says so', () => {
  expect(guestInfo({ userData: '#cloud-config' }, of, new GuestMetadata())).toMatchObject({
    'guestinfo.userdata.encoding': 'gzip+base64',
    'guestinfo.metadata.encoding': 'gzip+base64',
  });
});

test('without user-data the guest still gets its instance-id and host name', () => {
  const extraConfig = given({});
  expect(Object.keys(extraConfig)).toEqual(['guestinfo.metadata']);
  expect(parse(extraConfig['guestinfo.metadata'] ?? '')).toEqual({
    'instance-id': instanceUuid(uid, slot),
    'local-hostname': hostName(name, uid, slot),
  });
});

test('metadata keeps its fields and gets the missing ones', () => {
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
    expect(() => given({ metadata })).toThrow(/^spec\.guest\.cloudInit\.metadata is not a YAML mapping/);
  },
);

test('the text of a refused metadata is not in the error (R10)', () => {
  expect(() => given({ metadata: 'password: [hunter2' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});

describe('variables', () => {
  const user = (userData: string) => given({ userData })['guestinfo.userdata'];

  test('are replaced by the values of the replica', () => {
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

  test('of a shell script stay as they are', () => {
    expect(user('$(hostname) $(date +%s) $HOME {{ v1.local_hostname }} $(vm.unknown)')).toBe(
      '$(hostname) $(date +%s) $HOME {{ v1.local_hostname }} $(vm.unknown)',
    );
  });

  test('are written literally with another dollar', () => {
    expect(user('$$(vm.name) $$(date)')).toBe('$(vm.name) $(date)');
  });
});

test('data that is too large is refused with field and remedy', () => {
  expect(() => given({ userData: 'x'.repeat(512 * 1024 + 1) })).toThrow(
    'spec.guest.cloudInit.userData has 524289 bytes: give at most 524288, and let the guest fetch the rest at boot',
  );
});

describe('R9: texts that become large', () => {
  test('metadata is refused when its variables make it too large', () => {
    expect(() => given({ metadata: `a: "${'$(vm.name)'.repeat(1_000)}"` })).toThrow(
      /^spec\.guest\.cloudInit\.metadata has \d+ bytes: give at most 16384/,
    );
  });

  test('user-data is refused when its variables make it too large', () => {
    expect(() => given({ userData: '$(vm.name)'.repeat(50_000) })).toThrow(
      /^spec\.guest\.cloudInit\.userData has \d+ bytes: give at most 524288/,
    );
  });

  test('each has a turn of its own, so that the process does what else is due in between', async () => {
    const clock = new VirtualClock();
    const maker = new GuestDataMaker(clock);
    const { signal } = new AbortController();
    const ends: string[] = [];
    for (let replica = 0; replica < 3; replica += 1)
      void maker.extraConfigOf({ metadata: 'a: [1' }, of, signal).catch(() => ends.push(`replica ${replica}`));
    clock.setTimer(0, () => ends.push('the Lease'));
    await clock.advance(0);
    expect(ends).toHaveLength(4);
    expect(ends.indexOf('the Lease')).toBeLessThan(ends.indexOf('replica 1'));
  });

  test('an aborted one does not stop the next', async () => {
    const clock = new VirtualClock();
    const maker = new GuestDataMaker(clock);
    const stop = new AbortController();
    const first = maker.extraConfigOf({}, of, stop.signal);
    const second = maker.extraConfigOf({}, of, new AbortController().signal);
    stop.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    await clock.advance(0);
    await expect(second).resolves.toHaveProperty(['guestinfo.metadata']);
  });
});

test('the failure domain is a variable where there is one, and stays as it is written where there is none', () => {
  const texts = { userData: 'zone: $(vm.failureDomain)' };
  expect(given(texts)['guestinfo.userdata']).toBe('zone: $(vm.failureDomain)');
  const { 'guestinfo.userdata': text = '' } = guestInfo(texts, { ...of, failureDomain: 'east-1' }, new GuestMetadata());
  expect(gunzipSync(Buffer.from(text, 'base64')).toString('utf8')).toBe('zone: east-1');
});
