import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { instanceUuid, virtualMachineName } from '../../api/identity';
import { guestInfo } from './guest-data';
import { GuestMetadata } from './guest-metadata';

const group = aGroup();
const { name, uid } = group.metadata;
const slot = { ordinal: 3, revision: 'a1b2c3d4e5' };
const of = { group, slot, clusterId: CLUSTER_ID, instanceUuid: instanceUuid(uid, slot) };
const given = (ignition: string) => guestInfo({ ignition }, of, new GuestMetadata());
const refusal = (ignition: string) => {
  try {
    given(ignition);
  } catch (error) {
    return error;
  }
  return undefined;
};

test('an Ignition config is compressed, says so, and comes without data for cloud-init', () => {
  const extraConfig = given(
    '{"ignition": {"version": "3.4.0"}, "x": "$(vm.name) $(vm.ordinal) $$(vm.id) $(hostname)"}',
  );
  const { 'guestinfo.ignition.config.data': data = '', ...rest } = extraConfig;
  expect(rest).toEqual({ 'guestinfo.ignition.config.data.encoding': 'gzip+base64' });
  expect(JSON.parse(gunzipSync(Buffer.from(data, 'base64')).toString())).toEqual({
    ignition: { version: '3.4.0' },
    x: `${virtualMachineName(name, uid, slot)} 3 $(vm.id) $(hostname)`,
  });
});

test.each([
  '',
  'hunter2',
  'variant: fcos\nversion: 1.5.0',
  '[]',
  'null',
  '{}',
  '{"ignition": 1}',
  '{"ignition": {"version": 3}}',
])('what is no Ignition config is refused with the remedy: %j', (text) => {
  expect(refusal(text)).toMatchObject({
    code: 'GuestDataInvalid',
    message: expect.stringMatching(/^spec\.guest\.ignition\.config is not an Ignition config: give JSON such as/),
  });
});

test('R14: a config that is nested too deeply is refused', () => {
  expect(refusal(`{"ignition":{"version":"3"},"a":${'['.repeat(400_000)}`)).toMatchObject({ code: 'GuestDataInvalid' });
});

test('R10: a refusal has nothing of the text', () => {
  for (const text of ['{"password": "hunter2"', 'hunter2'.repeat(100_000)])
    expect(JSON.stringify([refusal(text), String(refusal(text))])).not.toContain('hunter2');
});

test('a config that is too large before or after its variables is refused', () => {
  const config = (text: string) => `{"ignition":{"version":"3"},"x":"${text}"}`;
  for (const text of [' '.repeat(600_000), '$(vm.instanceUuid)'.repeat(20_000)])
    expect(refusal(config(text))).toMatchObject({
      code: 'GuestDataTooLarge',
      message: expect.stringContaining('spec.guest.ignition.config has'),
    });
});
