import { ApiObject, App, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { containerOf, manifestsOf } from '../../test/support/builders/operator-chart';
import { VCenterAuth, VCenterCredentials, VCenterTrust, VmOperator } from '.';

const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

describe('the vCenter', () => {
  test('is given by host, login, folder and limit', () => {
    const { env, args } = containerOf({
      vcenter: {
        host: 'vcenter.example.com',
        auth: VCenterAuth.TOKEN_BY_PASSWORD,
        folder: 'fleet/$(cluster)',
        maxConcurrentTasks: 4,
      },
    });
    expect(env).toEqual([
      { name: 'VC_CREDENTIALS_DIR', value: '/etc/vc-creds' },
      { name: 'VC_HOST', value: 'vcenter.example.com' },
      { name: 'VC_AUTH', value: 'TokenByPassword' },
      { name: 'VC_FOLDER', value: 'fleet/$(cluster)' },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } } },
    ]);
    expect(args).toContain('--max-concurrent-tasks=4');
  });

  test('is verified by an authority in a ConfigMap', () => {
    const manifests = manifestsOf({ vcenter: { trust: VCenterTrust.authority(PEM) } });
    expect(manifests.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
      metadata: { name: 'codeconnect-vm-operator-vcenter-ca', namespace: 'codeconnect-vm-operator-system' },
      data: { 'ca.crt': PEM },
    });
    expect(manifests.at(-1)?.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              env: expect.arrayContaining([{ name: 'VC_CA_FILE', value: '/etc/vc-ca/ca.crt' }]),
              volumeMounts: expect.arrayContaining([{ name: 'vc-ca', mountPath: '/etc/vc-ca', readOnly: true }]),
            },
          ],
          volumes: expect.arrayContaining([
            { name: 'vc-ca', configMap: { name: 'codeconnect-vm-operator-vcenter-ca' } },
          ]),
        },
      },
    });
  });

  test('is verified by a fingerprint', () => {
    const trust = VCenterTrust.fingerprints(FINGERPRINT, FINGERPRINT.replaceAll('A', '0'));
    expect(containerOf({ vcenter: { trust } }).env).toContainEqual({
      name: 'VC_FINGERPRINTS',
      value: `${FINGERPRINT},${FINGERPRINT.replaceAll('A', '0')}`,
    });
  });

  test('is not verified only if asked', () => {
    expect(containerOf({}).args).not.toContain('--insecure');
    // No pin at all would be the authorities of the system.
    expect(() => VCenterTrust.fingerprints()).toThrow('give at least one SHA-256 fingerprint');
    expect(containerOf({ vcenter: { trust: VCenterTrust.systemRoots() } }).args).not.toContain('--insecure');
    expect(containerOf({ vcenter: { trust: VCenterTrust.insecure() } }).args).toContain('--insecure');
  });

  test('may have its account in a Secret of the app', () => {
    const chart = new Chart(new App(), 'platform');
    const secret = new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'account' } });
    const operator = new VmOperator(chart, 'Operator', {
      vcenter: { credentials: VCenterCredentials.fromSecret(secret) },
    });
    expect(operator.deployment.toJson().spec.template.spec.volumes[0].secret.secretName).toBe('account');
  });
});
