import { App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { aChart, manifestOf, WEB } from '../../test/support/builders/group-chart';
import {
  Amount,
  DeletionPolicy,
  GuestData,
  HostAntiAffinity,
  PowerOff,
  PowerState,
  Readiness,
  ResizePolicy,
  ScaleDownOrder,
  UpdateStrategy,
  VmGroup,
  type VmGroupProps,
  WhenUnsatisfiable,
} from '.';

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
  ['a power-off that asks the guest first', { powerOff: PowerOff.trySoft() }, { powerOff: { mode: 'TrySoft' } }],
  ['readiness by power', { readiness: Readiness.poweredOn() }, { readiness: { type: 'PoweredOn' } }],
  [
    'readiness by what guests set',
    { readiness: Readiness.toolsRunning({ guestInfo: { ready: 'true' } }) },
    { readiness: { type: 'ToolsRunning', guestInfo: [{ key: 'ready', value: 'true' }] } },
  ],
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

test('is the scale target of a HorizontalPodAutoscaler', () => {
  expect(new VmGroup(aChart(), 'web', WEB).scaleTarget()).toEqual({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VmGroup',
    name: 'web',
  });
});

test('has its own namespace or that of the chart', () => {
  const chart = new Chart(new App(), 'store', { namespace: 'shop' });
  expect(new VmGroup(chart, 'web', { ...WEB, metadata: { name: 'web' } }).namespace).toBe('shop');
  expect(new VmGroup(aChart(), 'web', WEB).namespace).toBe('shop');
});

test('writes patches of spec and metadata unchanged', () => {
  expect(
    manifestOf({}, JsonPatch.replace('/spec/replicas', 5), JsonPatch.add('/metadata/annotations', { a: 'b' })),
  ).toMatchObject({ metadata: { annotations: { a: 'b' } }, spec: { replicas: 5 } });
});

test('writes failure domains and their spread', () => {
  const placement = {
    failureDomains: ['east', 'west'],
    spread: { maxSkew: 2, whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE },
    hostAntiAffinity: HostAntiAffinity.PREFERRED,
  };
  const spread = { maxSkew: 2, whenUnsatisfiable: 'DoNotSchedule' };
  expect(manifestOf({ placement })).toMatchObject({ spec: { placement: { ...placement, spread } } });
});

test('writes a storage policy', () => {
  expect(manifestOf({ placement: { storagePolicy: 'Gold' } })).toMatchObject({
    spec: { placement: { storagePolicy: 'Gold' } },
  });
});

test('writes tags', () => {
  const tags = [{ category: 'stage', name: 'live' }];
  expect(manifestOf({ tags })).toMatchObject({ spec: { tags } });
});

test('writes custom attributes as a list', () => {
  expect(manifestOf({ customAttributes: { owner: 'team web' } })).toMatchObject({
    spec: { customAttributes: [{ name: 'owner', value: 'team web' }] },
  });
});

test('writes advanced settings as a list', () => {
  expect(manifestOf({ extraConfig: { 'disk.EnableUUID': 'TRUE', 'svga.present': 'FALSE' } })).toMatchObject({
    spec: {
      extraConfig: [
        { key: 'disk.EnableUUID', value: 'TRUE' },
        { key: 'svga.present', value: 'FALSE' },
      ],
    },
  });
});
