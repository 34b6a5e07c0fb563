import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../../../test/support/builders/vcenter-object';
import type { Account } from '../../../vcenter/secret-account';
import type { SecretManifest } from '../manifest/manifest';
import { findAccount } from './account-source';

const encoded = (texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
const given = (data: Readonly<Record<string, string>>, namespace = 'operator'): SecretManifest => ({
  ...{ source: 'vcenter.yaml:9', namespace, name: 'vcenter-account', data: encoded(data) },
});
const IN_FILE = given({ username: 'of the file', password: 'hunter2' });
const IN_CLUSTER: Account = { kind: 'Found', credentials: { userName: 'of the cluster', password: 'hunter3' } };
const absent = (reason: Extract<Account, { kind: 'None' }>['reason']): Account => ({
  ...{ kind: 'None', reason, message: `Secret operator/vcenter-account: ${reason}` },
});
const OWN = { VC_USER: 'own', VC_PASS: 'hunter4' };

async function find(account: Account, secrets: readonly SecretManifest[] = [], environment = {}) {
  const found = await findAccount(aVCenter(), {
    ...{ secrets, namespace: 'operator', environment, readAccount: async () => account },
  });
  expect(JSON.stringify(found)).not.toContain('hunter');
  return found.kind === 'None' ? found : { ...found, userName: (await found.credentials()).userName };
}

test('the Secret of the files comes before that of the cluster', async () => {
  expect(await find(IN_CLUSTER, [IN_FILE], OWN)).toMatchObject({ userName: 'of the file' });
  expect(await find(IN_CLUSTER, [], OWN)).toMatchObject({
    ...{ userName: 'of the cluster', place: 'Secret operator/vcenter-account' },
  });
  expect(await find(IN_CLUSTER, [], OWN)).not.toHaveProperty('note');
});

describe('without a Secret that can be read', () => {
  test.each(['SecretNotFound', 'SecretForbidden', 'SecretUnreadable'] as const)(
    '%s: the account of the environment is used, with a sentence that says so',
    async (reason) => {
      expect(await find(absent(reason), [], OWN)).toMatchObject({
        userName: 'own',
        note: expect.stringMatching(
          /^the account in VC_USER and VC_PASS is used, for .*Secret operator\/vcenter-account/,
        ),
      });
    },
  );

  test.each([{}, { VC_USER: 'own' }])(
    'and without an account in the environment (%o), what to do is told',
    async (environment) => {
      expect(await find(absent('SecretNotFound'), [], environment)).toMatchObject({
        kind: 'None',
        message: expect.stringContaining('name its manifest with -f, or set VC_USER and VC_PASS'),
      });
    },
  );
});

test.each(['KeysMissing', 'AmbiguousKeys'] as const)('a Secret that is there and wrong is told: %s', async (reason) => {
  expect(await find(absent(reason), [], OWN)).toMatchObject({ kind: 'None', message: expect.stringContaining(reason) });
});

test('so is a wrong one in the files, with its place', async () => {
  const both = given({ username: 'u', password: 'p', VC_USER: 'u', VC_PASS: 'p' });
  const message = expect.stringMatching(/vcenter-account in vcenter\.yaml:9 has both .*: keep one pair/);
  expect(await find(IN_CLUSTER, [both], OWN)).toMatchObject({ kind: 'None', message });
});

test('a Secret of the files in another namespace than the operator is told, with both names', async () => {
  const elsewhere = given({ username: 'u', password: 'p' }, 'default');
  expect(await find(absent('SecretNotFound'), [elsewhere], OWN)).toMatchObject({
    kind: 'None',
    message: expect.stringMatching(
      /default\/vcenter-account in vcenter\.yaml:9 .*set its metadata\.namespace to operator/,
    ),
  });
  expect(await find(IN_CLUSTER, [elsewhere])).toMatchObject({ userName: 'of the cluster' });
});
