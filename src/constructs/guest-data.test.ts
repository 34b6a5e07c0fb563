import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { aChart, errorOf, WEB } from '../../test/support/builders/group-chart';
import { GuestData, VmGroup } from '.';

describe('guest data', () => {
  test('can be added after the group was made', () => {
    const chart = aChart();
    const group = new VmGroup(chart, 'web', WEB);
    group.addCloudInit({ userData: GuestData.fromText('#cloud-config') });
    group.addCloudInit({ metadata: GuestData.fromText('a: b') });
    expect(chart.toJson()[0].spec.guest).toEqual({
      cloudInit: { userData: { value: '#cloud-config' }, metadata: { value: 'a: b' } },
    });
  });

  test('cannot be given twice', () => {
    const group = new VmGroup(aChart(), 'web', { ...WEB, cloudInit: { userData: GuestData.fromText('one') } });
    expect(errorOf(() => group.addCloudInit({ userData: GuestData.fromText('two') }))).toBe(
      'Error: [store/web] spec.guest.cloudInit.userData is given twice: give one text with all that the guest needs',
    );
  });

  test('can come from a Secret of the app, which is written before the group', () => {
    const chart = aChart();
    const group = new VmGroup(chart, 'web', WEB);
    const secret = new ApiObject(chart, 'data', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web-data' } });
    group.addCloudInit({ userData: GuestData.fromSecret(secret, 'user-data') });
    expect(chart.toJson().map(({ kind }) => kind)).toEqual(['Secret', 'VmGroup']);
    expect(chart.toJson()[1].spec.guest.cloudInit.userData).toEqual({
      secretKeyRef: { name: 'web-data', key: 'user-data' },
    });
  });

  test('can come from a construct around a Secret, as in cdk8s-plus', () => {
    const chart = aChart();
    const secret = new Construct(chart, 'secret');
    const apiObject = new ApiObject(secret, 'Resource', { apiVersion: 'v1', kind: 'Secret' });
    new VmGroup(chart, 'web', { ...WEB, cloudInit: { userData: GuestData.fromSecret(secret, 'k') } });
    expect(chart.toJson()[1].spec.guest.cloudInit.userData.secretKeyRef.name).toBe(apiObject.name);
  });

  test('puts no numbers into the file names of other charts', () => {
    const app = new App();
    const secrets = new Chart(app, 'secrets');
    const secret = new ApiObject(secrets, 'data', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'd' } });
    const chart = new Chart(app, 'groups');
    new VmGroup(chart, 'web', { ...WEB, cloudInit: { userData: GuestData.fromSecret(secret, 'k') } });
    expect(chart.node.dependencies).toEqual([]);
    expect(chart.toJson()).toHaveLength(1);
  });

  test('from a Secret of another namespace is refused at synth', () => {
    const chart = aChart();
    const secret = new ApiObject(chart, 'data', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web-data', namespace: 'elsewhere' },
    });
    new VmGroup(chart, 'web', { ...WEB, cloudInit: { userData: GuestData.fromSecret(secret, 'k') } });
    expect(errorOf(() => chart.toJson())).toContain(
      '[store/web] spec.guest.cloudInit.userData.secretKeyRef.name is "web-data" of namespace "elsewhere": ' +
        `put the Secret into the group's namespace "shop"`,
    );
  });
});

test('an Ignition config may come from a Secret of the app, which is written before the group', () => {
  const chart = aChart();
  const ignition = GuestData.fromSecretName('boot', 'ignition');
  const group = new VmGroup(chart, 'web', { ...WEB, ignition });
  expect(group.guestSecretNames).toEqual(['boot']);
  expect(chart.toJson()[0].spec.guest).toEqual({
    ignition: { config: { secretKeyRef: { name: 'boot', key: 'ignition' } } },
  });
});

test('a customization specification is given by its name', () => {
  const chart = aChart();
  new VmGroup(chart, 'web', { ...WEB, customizationSpec: 'linux' });
  expect(chart.toJson()[0].spec.guest).toEqual({ customizationSpec: { name: 'linux' } });
});
