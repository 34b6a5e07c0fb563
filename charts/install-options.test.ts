/** What the environment says of the manifests. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../package.json';
import { installApp, installOptions } from './install';

test('image and flags come from the environment', () => {
  expect(
    installOptions({ VM_OPERATOR_IMAGE: 'here/op:7', VM_OPERATOR_ARGS: ' --insecure  --log-level=debug ' }),
  ).toEqual({ image: 'here/op:7', args: ['--insecure', '--log-level=debug'] });
});

test('namespace and number of Pods come from the environment', () => {
  expect(installOptions({ VM_OPERATOR_NAMESPACE: 'vms', VM_OPERATOR_REPLICAS: '2' })).toEqual({
    namespace: 'vms',
    replicas: 2,
  });
  expect(installOptions({ VM_OPERATOR_WATCH_NAMESPACES: 'shop, bank' })).toEqual({
    watchNamespaces: ['shop', 'bank'],
  });
  expect(() => installOptions({ VM_OPERATOR_REPLICAS: 'two' })).toThrow('VM_OPERATOR_REPLICAS is "two"');
});

test('whether only VCenter objects name vCenters comes from the environment', () => {
  expect(installOptions({ VM_OPERATOR_VCENTER_OBJECTS_ONLY: 'true' })).toEqual({ vcenterObjectsOnly: true });
  expect(() => installOptions({ VM_OPERATOR_VCENTER_OBJECTS_ONLY: 'yes' })).toThrow(
    'VM_OPERATOR_VCENTER_OBJECTS_ONLY is "yes": give true or false',
  );
});

test('a misspelt one is refused, and those of the tests of this repository are not', () => {
  expect(() => installOptions({ VM_OPERATOR_REPLICA: '2' })).toThrow(
    'VM_OPERATOR_REPLICA is not known: give VM_OPERATOR_IMAGE, VM_OPERATOR_NAMESPACE, VM_OPERATOR_REPLICAS',
  );
  expect(() => installOptions({ VM_OPERATOR_IMAGES: '' })).toThrow('or VM_OPERATOR_ARGS, or unset it');
  const folder = path.join(__dirname, '../test/envtest/binaries');
  const sources = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const ofTests = sources.flatMap((text) => text.match(/VM_OPERATOR_[A-Z_]+/g) ?? []);
  expect(ofTests).toContain('VM_OPERATOR_VCSIM');
  for (const name of ofTests) expect(installOptions({ [name]: '/bin/it', HOME: '/' })).toEqual({});
});

test('flags that the operator does not know are refused at synth', () => {
  const app = installApp(installOptions({ VM_OPERATOR_ARGS: '--watch-namespace=shop' }));
  expect(() => app.synthYaml()).toThrow('args is "--watch-namespace=shop": give flags of vm-operator run');
});

test('values of flags that would end the operator are refused at synth', () => {
  const app = installApp(installOptions({ VM_OPERATOR_ARGS: '--max-concurrent-tasks=many' }));
  expect(() => app.synthYaml()).toThrow('args is "--max-concurrent-tasks=many": give a whole number from 0 to 500');
});

test('empty ones count as not given: the image is that of this version', () => {
  expect(installOptions({ VM_OPERATOR_IMAGE: '', VM_OPERATOR_ARGS: ' ' })).toEqual({});
  expect(installApp({}).synthYaml()).toContain(`image: localhost/codeconnect-vm-operator:${version}\n`);
});
