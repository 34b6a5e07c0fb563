import { describe, expect, test } from 'vitest';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';
import { SettingsError } from '../settings/settings-error';
import { parseCommandFlags } from './command-flags';

describe('flags of plan and check', () => {
  test('have defaults', () => {
    expect(parseCommandFlags('plan', [])).toEqual({
      ...{ files: [], namespace: 'default', output: 'table', timeoutMs: 60_000, insecure: false },
      ...{ vsphereTransport: 'https', logLevel: undefined, help: false },
      tenants: DEFAULT_TENANT_POLICY,
    });
  });

  test.each([
    [['-f', 'a.yaml', '--filename=b.yaml', '-f', '-'], { files: ['a.yaml', 'b.yaml', '-'] }],
    [['-o', 'json'], { output: 'json' }],
    [['--output=table'], { output: 'table' }],
    [['-n', 'shop'], { namespace: 'shop' }],
    [['--timeout', '1m30s'], { timeoutMs: 90_000 }],
    [['--insecure'], { insecure: true }],
    [['--log-level=debug'], { logLevel: 'debug' }],
    [['-h'], { help: true }],
  ])('take %j', (args, expected) => {
    expect(parseCommandFlags('check', args)).toMatchObject(expected);
  });

  test.each([
    [['web.yaml'], 'unexpected argument "web.yaml": name manifests with -f web.yaml, see vm-operator plan --help'],
    [['--colour'], "Unknown option '--colour': see vm-operator plan --help"],
    [['-o', 'xml'], '--output "xml": use table or json'],
    [['-n', 'a/b'], '--namespace "a/b": not a namespace name'],
    [['--timeout=soon'], '--timeout "soon": use a time such as 15s or 1m30s'],
    [['--timeout=0s'], '--timeout 0: give more than 0, such as 60s'],
    [['--log-level=loud'], '--log-level "loud": use debug, info, warn or error'],
  ])('refuse %j with the remedy', (args, message) => {
    expect(() => parseCommandFlags('plan', args)).toThrow(new SettingsError(message));
  });
});
