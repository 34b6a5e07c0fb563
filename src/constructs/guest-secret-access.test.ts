import { App, Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { type Manifest, manifestsOf, namesOf } from '../../test/support/builders/operator-chart';
import { GuestData, GuestSecretAccess, VmGroup, VmOperator } from '.';

describe('Secrets of guests', () => {
  const rolesOf = (manifests: readonly Manifest[]) =>
    manifests.filter(({ metadata }) => metadata.name === 'vm-operator-guest-secrets');

  test('may be read in the given namespaces, by the operator only', () => {
    const [role, binding, ...others] = rolesOf(
      manifestsOf({ guestSecrets: [{ namespace: 'shop', secretNames: ['b', 'a'] }] }),
    );
    expect(role).toMatchObject({
      kind: 'Role',
      metadata: { namespace: 'shop' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] }],
    });
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      metadata: { namespace: 'shop' },
      subjects: [
        { kind: 'ServiceAccount', name: 'codeconnect-vm-operator', namespace: 'codeconnect-vm-operator-system' },
      ],
    });
    expect(others).toEqual([]);
  });

  test('are granted in one place per namespace: a second one, which would replace the first, is refused', () => {
    const chart = new Chart(new App(), 'platform');
    new VmOperator(chart, 'Operator', { guestSecrets: [{ namespace: 'shop', secretNames: ['a'] }] });
    new GuestSecretAccess(chart, 'Bank', { namespace: 'bank', secretNames: ['b'] });
    new GuestSecretAccess(chart, 'Access', { namespace: 'shop', secretNames: ['b'] });
    const problems = chart.node.findAll().flatMap((construct) => construct.node.validate());
    expect(problems).toEqual([
      expect.stringMatching(
        /^namespace is "shop": platform\/Operator\/.+ grants Secrets of it too, .+: put all secretNames/,
      ),
    ]);
  });

  test('may all be read if none is named', () => {
    const [role] = rolesOf(manifestsOf({ guestSecrets: [{ namespace: 'shop' }] }));
    expect(role?.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]);
  });

  test.for([
    ['before', [undefined, ['a']]],
    ['after', [['a'], undefined]],
  ] as const)('may all be read if that is allowed %s some are named', ([, calls]) => {
    const chart = new Chart(new App(), 'platform');
    const operator = new VmOperator(chart, 'Operator');
    for (const names of calls) {
      operator.allowGuestSecrets({ namespace: 'shop', ...(names === undefined ? {} : { secretNames: [...names] }) });
    }
    expect(rolesOf(chart.toJson())[0]?.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]);
  });

  test('may be read if groups name them, by one Role per namespace', () => {
    const chart = new Chart(new App(), 'platform');
    const operator = new VmOperator(chart, 'Operator', { namespace: 'vms' });
    for (const [name, secret] of [
      ['web', 'web-data'],
      ['db', 'db-data'],
      ['cache', undefined],
    ] as const) {
      const group = new VmGroup(chart, name, {
        metadata: { name, namespace: 'shop' },
        template: 't',
        replicas: 1,
        cpu: 1,
        memory: Size.gibibytes(1),
        cloudInit: secret === undefined ? {} : { userData: GuestData.fromSecretName(secret, 'user-data') },
      });
      operator.allowGuestSecretsOf(group);
    }
    const roles = rolesOf(chart.toJson());
    expect(roles).toHaveLength(2);
    expect(roles[0]?.rules).toMatchObject([{ resourceNames: ['db-data', 'web-data'] }]);
    expect(roles[1]?.subjects).toMatchObject([{ namespace: 'vms' }]);
  });

  test('can be allowed by the team that owns the namespace', () => {
    const chart = new Chart(new App(), 'shop');
    new GuestSecretAccess(chart, 'Access', { namespace: 'shop', secretNames: ['web-data'] });
    expect(namesOf(chart.toJson())).toEqual([
      'Role shop vm-operator-guest-secrets',
      'RoleBinding shop vm-operator-guest-secrets',
    ]);
  });

  test('are not all allowed by an empty list, which is refused', () => {
    expect(() => manifestsOf({ guestSecrets: [{ namespace: 'shop', secretNames: [] }] })).toThrow(
      '[platform/Operator/GuestSecrets-shop] secretNames is []: give the names of Secrets',
    );
  });

  test('of a group without a namespace cannot be allowed', () => {
    const chart = new Chart(new App(), 'platform');
    const group = new VmGroup(chart, 'web', {
      metadata: { name: 'web' },
      template: 't',
      replicas: 1,
      cpu: 1,
      memory: Size.gibibytes(1),
      cloudInit: { userData: GuestData.fromSecretName('s', 'k') },
    });
    expect(() => new VmOperator(chart, 'Operator').allowGuestSecretsOf(group)).toThrow(
      '[platform/Operator] VmGroup platform/web has no namespace',
    );
  });
});
