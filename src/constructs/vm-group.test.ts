import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  Amount,
  DeletionPolicy,
  GuestData,
  PowerOff,
  PowerState,
  Readiness,
  ResizePolicy,
  ScaleDownOrder,
  UpdateStrategy,
  VmGroup,
  type VmGroupProps,
} from '.';

const WEB: VmGroupProps = {
  metadata: { name: 'web', namespace: 'shop' },
  template: 'ubuntu',
  replicas: 3,
  cpu: 2,
  memory: Size.gibibytes(4),
};

function aChart(): Chart {
  return new Chart(new App(), 'store');
}

/** The manifest of a group with some props changed, after an optional patch. */
function manifestOf(props: Partial<VmGroupProps> = {}, ...patches: JsonPatch[]): unknown {
  const chart = aChart();
  const group = new VmGroup(chart, 'web', { ...WEB, ...props });
  ApiObject.of(group).addJsonPatch(...patches);
  return chart.toJson()[0];
}

/** The message that synth fails with. */
function errorOf(synth: () => unknown): string {
  try {
    synth();
  } catch (error) {
    return String(error);
  }
  throw new Error('expected an error, but the group was synthesized');
}

test('writes the manifest of a group with every field', () => {
  expect(
    manifestOf({
      metadata: { name: 'web', namespace: 'shop', labels: { tier: 'front' }, annotations: { note: 'hi' } },
      placement: {
        datacenter: 'dc1',
        folder: '/dc1/vm/shop',
        cluster: 'c1',
        resourcePool: 'shop',
        datastore: 'ssd',
      },
      networks: [
        { name: 'front', network: '/dc1/network/front' },
        { name: 'back', network: 'back' },
      ],
      cloudInit: {
        userData: GuestData.fromSecretName('web-user-data', 'user-data'),
        metadata: GuestData.fromText('role: web'),
      },
      powerState: PowerState.POWERED_OFF,
      powerOff: PowerOff.soft({ timeout: Duration.minutes(2) }),
      readiness: Readiness.ipAddress(),
      minReady: Duration.seconds(10),
      progressDeadline: Duration.hours(1),
      updateStrategy: UpdateStrategy.rollingUpdate({
        maxSurge: Amount.percent(25),
        maxUnavailable: Amount.absolute(0),
        resizePolicy: ResizePolicy.HOT_ADD_ONLY,
      }),
      scaleDownOrder: ScaleDownOrder.OLDEST,
      deletionPolicy: DeletionPolicy.ORPHAN,
      paused: true,
    }),
  ).toMatchInlineSnapshot(`
    {
      "apiVersion": "vm.codeconnect.vmworld.com/v1alpha1",
      "kind": "VmGroup",
      "metadata": {
        "annotations": {
          "note": "hi",
        },
        "labels": {
          "tier": "front",
        },
        "name": "web",
        "namespace": "shop",
      },
      "spec": {
        "cpu": 2,
        "deletionPolicy": "Orphan",
        "guest": {
          "cloudInit": {
            "metadata": {
              "value": "role: web",
            },
            "userData": {
              "secretKeyRef": {
                "key": "user-data",
                "name": "web-user-data",
              },
            },
          },
        },
        "memory": 4,
        "minReadySeconds": 10,
        "networks": [
          {
            "name": "front",
            "network": "/dc1/network/front",
          },
          {
            "name": "back",
            "network": "back",
          },
        ],
        "paused": true,
        "placement": {
          "cluster": "c1",
          "datacenter": "dc1",
          "datastore": "ssd",
          "folder": "/dc1/vm/shop",
          "resourcePool": "shop",
        },
        "powerOff": {
          "mode": "Soft",
          "timeoutSeconds": 120,
        },
        "powerState": "PoweredOff",
        "progressDeadlineSeconds": 3600,
        "readiness": {
          "type": "IPAddress",
        },
        "replicas": 3,
        "scaleDown": {
          "order": "Oldest",
        },
        "template": "ubuntu",
        "updateStrategy": {
          "resizePolicy": "HotAddOnly",
          "rollingUpdate": {
            "maxSurge": "25%",
            "maxUnavailable": 0,
          },
          "type": "RollingUpdate",
        },
      },
    }
  `);
});

test('writes only what is given, so that defaults stay those of the API server', () => {
  expect(manifestOf()).toEqual({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { cpu: 2, memory: 4, replicas: 3, template: 'ubuntu' },
  });
});

test('takes namespace and labels of the chart', () => {
  const chart = new Chart(new App(), 'store', { namespace: 'shop', labels: { team: 'a' } });
  new VmGroup(chart, 'web', { ...WEB, metadata: { name: 'web', labels: { tier: 'front' } } });
  expect(chart.toJson()[0].metadata).toEqual({
    name: 'web',
    namespace: 'shop',
    labels: { team: 'a', tier: 'front' },
  });
});

test.for([
  ['4 GiB', Size.gibibytes(4), 4],
  ['2048 MiB', Size.mebibytes(2048), 2],
  ['1 TiB', Size.tebibytes(1), 1024],
] as const)('takes a memory of %s', ([, memory, gibibytes]) => {
  expect(manifestOf({ memory })).toMatchObject({ spec: { memory: gibibytes } });
});

test.for<[string, Partial<VmGroupProps>, object]>([
  ['a hard power-off', { powerOff: PowerOff.hard() }, { powerOff: { mode: 'Hard' } }],
  ['a power-off that asks first', { powerOff: PowerOff.trySoft() }, { powerOff: { mode: 'TrySoft' } }],
  ['readiness by power', { readiness: Readiness.poweredOn() }, { readiness: { type: 'PoweredOn' } }],
  ['readiness by tools', { readiness: Readiness.toolsRunning() }, { readiness: { type: 'ToolsRunning' } }],
  [
    'a rolling update with defaults',
    { updateStrategy: UpdateStrategy.rollingUpdate() },
    { updateStrategy: { type: 'RollingUpdate' } },
  ],
  [
    'one amount only',
    { updateStrategy: UpdateStrategy.rollingUpdate({ maxUnavailable: Amount.percent(50) }) },
    { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } } },
  ],
  [
    'updates by hand',
    { updateStrategy: UpdateStrategy.onDelete({ resizePolicy: ResizePolicy.REPLACE }) },
    { updateStrategy: { type: 'OnDelete', resizePolicy: 'Replace' } },
  ],
  ['empty guest data as no guest data', { cloudInit: {} }, {}],
])('writes %s', ([, props, fields]) => {
  expect(manifestOf(props)).toHaveProperty('spec', { cpu: 2, memory: 4, replicas: 3, template: 'ubuntu', ...fields });
});

describe('guest data', () => {
  test('can be added by whoever has the group', () => {
    const chart = aChart();
    const group = new VmGroup(chart, 'web', WEB);
    group.addCloudInit({ userData: GuestData.fromText('#cloud-config') });
    group.addCloudInit({ metadata: GuestData.fromText('a: b') });
    expect(chart.toJson()[0].spec.guest).toEqual({
      cloudInit: { userData: { value: '#cloud-config' }, metadata: { value: 'a: b' } },
    });
  });

  test('is not overwritten by whoever adds more', () => {
    const group = new VmGroup(aChart(), 'web', { ...WEB, cloudInit: { userData: GuestData.fromText('one') } });
    expect(errorOf(() => group.addCloudInit({ userData: GuestData.fromText('two') }))).toBe(
      'Error: [store/web] spec.guest.cloudInit.userData is given twice: give one text, with all that the guest needs.',
    );
  });

  test('comes from a Secret of the app, which is written before the group', () => {
    const chart = aChart();
    const group = new VmGroup(chart, 'web', WEB);
    const secret = new ApiObject(chart, 'data', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web-data' } });
    group.addCloudInit({ userData: GuestData.fromSecret(secret, 'user-data') });
    expect(chart.toJson().map(({ kind }) => kind)).toEqual(['Secret', 'VmGroup']);
    expect(chart.toJson()[1].spec.guest.cloudInit.userData).toEqual({
      secretKeyRef: { name: 'web-data', key: 'user-data' },
    });
  });

  test('comes from a construct around a Secret, as cdk8s-plus has it', () => {
    const chart = aChart();
    const secret = new Construct(chart, 'secret');
    const apiObject = new ApiObject(secret, 'Resource', { apiVersion: 'v1', kind: 'Secret' });
    new VmGroup(chart, 'web', { ...WEB, cloudInit: { userData: GuestData.fromSecret(secret, 'k') } });
    expect(chart.toJson()[1].spec.guest.cloudInit.userData.secretKeyRef.name).toBe(apiObject.name);
  });

  test('leaves files of other charts unnumbered', () => {
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

test('is what a HorizontalPodAutoscaler scales', () => {
  expect(new VmGroup(aChart(), 'web', WEB).scaleTarget()).toEqual({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    name: 'web',
  });
});

test('knows its namespace, also that of the chart', () => {
  const chart = new Chart(new App(), 'store', { namespace: 'shop' });
  expect(new VmGroup(chart, 'web', { ...WEB, metadata: { name: 'web' } }).namespace).toBe('shop');
  expect(new VmGroup(aChart(), 'web', WEB).namespace).toBe('shop');
});

test('writes a patch of spec and of metadata as it is', () => {
  expect(
    manifestOf({}, JsonPatch.replace('/spec/replicas', 5), JsonPatch.add('/metadata/annotations', { a: 'b' })),
  ).toMatchObject({ metadata: { annotations: { a: 'b' } }, spec: { replicas: 5 } });
});

const atOnce: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    'memory of 1.5 GiB',
    { memory: Size.gibibytes(1.5) },
    '[store/web] spec.memory is 1.5Gi, that is 1.5 GiB: give a whole number of GiB, such as Size.gibibytes(4).',
  ],
  [
    'memory of 1536 MiB',
    { memory: Size.mebibytes(1536) },
    '[store/web] spec.memory is 1536Mi, that is 1.5 GiB: give a whole number of GiB, such as Size.gibibytes(4).',
  ],
  [
    'memory as a bare number',
    { memory: 4 },
    '[store/web] spec.memory is 4: give a Size of cdk8s, such as Size.gibibytes(4).',
  ],
  [
    'no memory',
    { memory: undefined },
    '[store/web] spec.memory is missing: give a Size of cdk8s, such as Size.gibibytes(4).',
  ],
  [
    'a fraction of a second',
    { minReady: Duration.millis(1500) },
    '[store/web] spec.minReadySeconds is 1.5 seconds: give whole seconds, such as Duration.seconds(30).',
  ],
  [
    'a time as a bare number',
    { progressDeadline: 60 },
    '[store/web] spec.progressDeadlineSeconds is 60: give a Duration of cdk8s, such as Duration.seconds(30).',
  ],
  [
    'a fraction of a second for the guest',
    { powerOff: PowerOff.soft({ timeout: Duration.millis(10) }) },
    '[store/web] spec.powerOff.timeoutSeconds is 0.01 seconds: give whole seconds, such as Duration.seconds(30).',
  ],
  [
    'no name',
    { metadata: { namespace: 'shop' } },
    '[store/web] metadata.name is missing: give the VmGroup a name. ' +
      'One made from the construct path would change with it, and the virtual machines be made anew.',
  ],
  [
    'no metadata',
    { metadata: undefined },
    '[store/web] metadata.name is missing: give the VmGroup a name. ' +
      'One made from the construct path would change with it, and the virtual machines be made anew.',
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
  ['no replicas', { replicas: undefined }, 'spec.replicas is missing: give it a value'],
  ['an empty template', { template: '' }, 'spec.template is "" (0 characters): give at least 1 character'],
  [
    'a template path without end',
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
    'a foreign power state',
    { powerState: 'running' },
    'spec.powerState is "running": give one of PoweredOn, PoweredOff',
  ],
  [
    'a foreign deletion policy',
    { deletionPolicy: 'Retain' },
    'spec.deletionPolicy is "Retain": give one of Delete, Orphan',
  ],
  ['paused as text', { paused: 'yes' }, 'spec.paused is "yes": give a value of type boolean'],
  [
    'a name of 63 characters',
    { metadata: { name: 'n'.repeat(63) } },
    `metadata.name is "${'n'.repeat(63)}" (63 characters): give at most 62, ` +
      'for names of virtual machines are made from it',
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

test('takes the longest name and the limits of every number', () => {
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

test('checks what a patch makes of the group', () => {
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
