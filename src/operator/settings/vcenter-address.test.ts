import { expect, test } from 'vitest';
import { problemsOfHost } from '../../constructs/vcenter-host';
import { readVCenterSettings } from './environment';
import { SettingsError } from './settings-error';
import { parseVCenterAddress } from './vcenter-address';

/** As people write an account into an address: a password may have any character. */
const WITH_ACCOUNT = [
  'https://operator:hunter2@vc/sdk',
  'operator:hunter2@vc',
  'operator@vsphere.local:hunter2@vc',
  'https://administrator@vsphere.local:hunter2@vc.example.com',
  'https://operator:a/hunter2@vc',
  'https://operator:1/hunter2@vc',
  'https://operator:a#hunter2@vc',
  'https://operator:a?hunter2@vc',
  'https://operator:a\\hunter2@vc',
  'https://operator:a@hunter2@vc',
  'https://:hunter2@vc',
  'https://hunter2@vc',
  'http://operator:hunter2@vc',
  'ldap://operator:hunter2@vc',
  'https:operator:hunter2@vc',
  'operator:hunter2\uff20vc',
  'operator:hunter2%40vc',
  'operator:hunter2',
  'https://operator:hunter2/sdk',
] as const;

test.each(WITH_ACCOUNT)('R10: an address with an account in it is refused, and not shown: %s', (text) => {
  const read = () => readVCenterSettings({ VC_HOST: text, VC_USER: 'u', VC_PASS: 'p' }, false);
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(
    'VC_HOST has an account in it, and is not shown: put the account into VC_USER and VC_PASS, and here use a host',
  );
  expect(read).not.toThrow(/hunter2|operator:|administrator/);
});

test.each([
  ['vc.example.com:8443/sdk', 'vc.example.com', 8443],
  ['https://[fe80::1]', 'fe80::1', 443],
  ['[fe80::1]:8443', 'fe80::1', 8443],
  ['https://10.0.0.1/', '10.0.0.1', 443],
])('an address without an account is none of these: %s', (text, host, port) => {
  expect(parseVCenterAddress(text)).toEqual({ host, port });
});

test.each([
  ...[
    'vc',
    'VC.example.com.',
    'vc:8443',
    'vc:65535',
    'https://vc:1/',
    'https://vc/sdk',
    'vc/sdk/',
    '[::1]',
    '[fe80::1]:8443',
  ],
  ...['10.0.0.1', 'bad host', '', 'http://vc', 'vc:65536', 'vc/ui', 'https://', 'vc_1', '-vc', 'vc..example', 'vc:'],
  ...WITH_ACCOUNT,
])('what synth takes the operator takes: %j', (host) => {
  const isTaken = () => {
    try {
      return parseVCenterAddress(host).host !== '';
    } catch {
      return false;
    }
  };
  // Synth is the stricter one: of names that no DNS has it takes none.
  if (problemsOfHost('vcenter.host', host).length === 0) expect(isTaken()).toBe(true);
  if (!isTaken()) expect(problemsOfHost('vcenter.host', host)).toHaveLength(1);
});
