import { Duration, JsonPatch, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { aChart, errorOf, manifestOf, WEB } from '../../test/support/builders/group-chart';
import { PowerOff, VmGroup, type VmGroupProps } from '.';

const atOnce: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    'memory of 1.5 GiB',
    { memory: Size.gibibytes(1.5) },
    '[store/web] spec.memory is 1.5Gi, that is 1.5 GiB: give a whole number of GiB, such as Size.gibibytes(4)',
  ],
  [
    'memory of 1536 MiB',
    { memory: Size.mebibytes(1536) },
    '[store/web] spec.memory is 1536Mi, that is 1.5 GiB: give a whole number of GiB, such as Size.gibibytes(4)',
  ],
  [
    'memory as a bare number',
    { memory: 4 },
    '[store/web] spec.memory is 4: give a Size of cdk8s, such as Size.gibibytes(4)',
  ],
  [
    'no memory',
    { memory: undefined },
    '[store/web] spec.memory is missing: give a Size of cdk8s, such as Size.gibibytes(4)',
  ],
  [
    'a fraction of a second',
    { minReady: Duration.millis(1500) },
    '[store/web] spec.minReadySeconds is 1.5 seconds: give whole seconds, such as Duration.seconds(30)',
  ],
  [
    'a time as a bare number',
    { progressDeadline: 60 },
    '[store/web] spec.progressDeadlineSeconds is 60: give a Duration of cdk8s, such as Duration.seconds(30)',
  ],
  [
    'a fraction of a second for the guest',
    { powerOff: PowerOff.soft({ timeout: Duration.millis(10) }) },
    '[store/web] spec.powerOff.timeoutSeconds is 0.01 seconds: give whole seconds, such as Duration.seconds(30)',
  ],
  [
    'no name',
    { metadata: { namespace: 'shop' } },
    '[store/web] metadata.name is missing: give the VmGroup a name, ' +
      'because a name made from the construct path would change with the path, and that replaces the virtual machines',
  ],
  [
    'no metadata',
    { metadata: undefined },
    '[store/web] metadata.name is missing: give the VmGroup a name, ' +
      'because a name made from the construct path would change with the path, and that replaces the virtual machines',
  ],
];

test.for(atOnce)('refuses %s in the constructor', ([, props, message]) => {
  // As a caller without types does.
  const untyped: VmGroupProps = Object.assign({}, WEB, props);
  expect(errorOf(() => new VmGroup(aChart(), 'web', untyped))).toBe(`Error: ${message}`);
});

const atSynth: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['no CPU', { cpu: 0 }, 'spec.cpu is 0: give at least 1'],
  ['one and a half CPUs', { cpu: 1.5 }, 'spec.cpu is 1.5: give a whole number'],
  ['too many CPUs', { cpu: 961 }, 'spec.cpu is 961: give at most 960'],
  ['memory of zero', { memory: Size.gibibytes(0) }, 'spec.memory is 0: give at least 1'],
  ['too much memory', { memory: Size.tebibytes(25) }, 'spec.memory is 25600: give at most 24576'],
  ['a negative number of replicas', { replicas: -1 }, 'spec.replicas is -1: give at least 0'],
  ['too many replicas', { replicas: 501 }, 'spec.replicas is 501: give at most 500'],
  ['replicas as text', { replicas: '3' }, 'spec.replicas is "3": give a whole number'],
  ['an empty template', { template: '' }, 'spec.template is "" (0 characters): give at least 1 character'],
  [
    'a template path that is too long',
    { template: 'x'.repeat(2049) },
    `spec.template is "${'x'.repeat(76)}… (2049 characters): give at most 2048 characters`,
  ],
  [
    'an empty datastore',
    { placement: { datastore: '' } },
    'spec.placement.datastore is "" (0 characters): give at least 1 character',
  ],
  [
    'a misspelt prop',
    { replica: 3 },
    'spec.replica is no field of VmGroup: correct its name or leave it out (kubectl explain vg.spec lists the names)',
  ],
  [
    'a misspelt placement',
    { placement: { dataStore: 'ssd' } },
    'spec.placement.dataStore is no field of VmGroup: correct its name or leave it out ' +
      '(kubectl explain vg.spec.placement lists the names)',
  ],
  [
    'an unknown power state',
    { powerState: 'running' },
    'spec.powerState is "running": give one of PoweredOn, PoweredOff',
  ],
  [
    'an unknown deletion policy',
    { deletionPolicy: 'Retain' },
    'spec.deletionPolicy is "Retain": give one of Delete, Orphan',
  ],
  ['paused as text', { paused: 'yes' }, 'spec.paused is "yes": give a value of type boolean'],
  [
    'a name of 63 characters',
    { metadata: { name: 'n'.repeat(63) } },
    `metadata.name is "${'n'.repeat(63)}" (63 characters): give at most 62, ` +
      'because names of virtual machines are made from it',
  ],
  [
    'a name with capitals',
    { metadata: { name: 'Web' } },
    `metadata.name is "Web": give lower-case letters, digits, '-' and '.', ` +
      'with a letter or digit at both ends and around each dot',
  ],
  [
    'a namespace with a dot',
    { metadata: { name: 'web', namespace: 'shop.eu' } },
    `metadata.namespace is "shop.eu": give at most 63 lower-case letters, digits and '-', ` +
      'with a letter or digit at both ends',
  ],
];

test.for(atSynth)('refuses %s at synth', ([, props, message]) => {
  const untyped: VmGroupProps = Object.assign({}, WEB, props);
  expect(errorOf(() => manifestOf(untyped))).toBe(
    `Error: Validation failed with the following errors:\n  [store/web] ${message}`,
  );
});

test('accepts the longest name and the limits of numbers', () => {
  expect(manifestOf({ metadata: { name: `a.${'n'.repeat(60)}` }, replicas: 0, cpu: 960 })).toMatchObject({
    spec: { replicas: 0, cpu: 960 },
  });
});

test('lists the problems of all groups at once', () => {
  const chart = aChart();
  new VmGroup(chart, 'web', { ...WEB, cpu: 0, template: '' });
  new VmGroup(chart, 'db', { ...WEB, metadata: { name: 'DB' } });
  expect(errorOf(() => chart.toJson()).split('\n')).toEqual([
    'Error: Validation failed with the following errors:',
    '  [store/web] spec.cpu is 0: give at least 1',
    '  [store/web] spec.template is "" (0 characters): give at least 1 character',
    expect.stringContaining('[store/db] metadata.name is "DB": give lower-case letters'),
  ]);
});

test('checks the group after its patches', () => {
  expect(
    errorOf(() =>
      manifestOf(
        {},
        JsonPatch.replace('/spec/cpu', 1000),
        JsonPatch.remove('/spec/template'),
        JsonPatch.add('/spec/cpuHotAd', true),
      ),
    ).split('\n'),
  ).toEqual([
    'Error: Validation failed with the following errors:',
    '  [store/web] spec.template is missing: give it a value',
    '  [store/web] spec.cpuHotAd is no field of VmGroup: correct its name or leave it out (kubectl explain vg.spec lists the names)',
    '  [store/web] spec.cpu is 1000: give at most 960',
  ]);
});
