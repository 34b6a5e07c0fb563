/** The synth of many groups, validation included: with the props that most groups have, and with every field. */
import { performance } from 'node:perf_hooks';
import { App, Chart, Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  Amount,
  CloneMode,
  DeletionPolicy,
  DiskProvisioning,
  GuestData,
  HostAntiAffinity,
  PowerOff,
  PowerState,
  Readiness,
  ResizePolicy,
  ScaleDownOrder,
  UpdateStrategy,
  VCenterReference,
  VmGroup,
  WhenUnsatisfiable,
} from '../../../src/constructs';

export const GROUPS = 1_000;

type Make = (chart: Construct, index: number) => VmGroup;

export const SYNTHS: readonly (readonly [string, Make])[] = [
  ['common props', commonGroup],
  ['every field', wholeGroup],
];

/** Time of one synth to a string. */
export function synthMs(make: Make): number {
  const start = performance.now();
  const app = new App();
  const chart = new Chart(app, 'fleet', { namespace: 'fleet' });
  for (let index = 0; index < GROUPS; index += 1) make(chart, index);
  app.synthYaml();
  return performance.now() - start;
}

function commonGroup(chart: Construct, index: number): VmGroup {
  return new VmGroup(chart, `group-${index}`, {
    metadata: { name: `group-${index}` },
    template: '/dc1/vm/templates/ubuntu',
    replicas: 3,
    cpu: 2,
    memory: Size.gibibytes(4),
    placement: { datacenter: 'dc1', cluster: 'c1', datastore: 'ssd-1' },
    networks: [{ name: 'front', network: 'VM Network' }],
    cloudInit: { userData: GuestData.fromSecretName('user-data', 'user-data') },
    powerOff: PowerOff.trySoft({ timeout: Duration.minutes(1) }),
    readiness: Readiness.ipAddress(),
    minReady: Duration.seconds(10),
    updateStrategy: UpdateStrategy.rollingUpdate({ maxSurge: Amount.percent(25) }),
  });
}

/** Three kinds, since some fields exclude each other. Together they have every field: kit-fields.test.ts counts. */
export function wholeGroup(chart: Construct, index: number): VmGroup {
  const kind = index % 3;
  const ofKind = <T>(first: T, second: T, third: T): T => (kind === 0 ? first : kind === 1 ? second : third);
  const text = (content: string) =>
    index % 2 === 0 ? GuestData.fromText(content) : GuestData.fromSecretName('guest', 'text');
  const addresses = Array.from({ length: 8 }, (_, ordinal) => `10.${index % 250}.0.${10 + ordinal}/24`);
  return new VmGroup(chart, `group-${index}`, {
    metadata: { name: `group-${index}`, labels: { team: 'web' }, annotations: { contact: 'web' } },
    template: '/dc1/vm/templates/ubuntu',
    replicas: 8,
    cpu: 4,
    memory: Size.gibibytes(4),
    vcenter: VCenterReference.fromName('east'),
    ...ofKind({ clone: { mode: CloneMode.LINKED, snapshot: 'v1' } }, {}, {}),
    hardware: { coresPerSocket: 2, cpuHotAdd: true, memoryHotAdd: true },
    placement: {
      datacenter: 'dc1',
      folder: '/dc1/vm/web',
      storagePolicy: 'gold',
      hostAntiAffinity: HostAntiAffinity.PREFERRED,
      ...ofKind<object>(
        { cluster: 'c1', resourcePool: 'web', datastore: 'ssd-1' },
        { cluster: 'c1', datastoreCluster: 'pod-1' },
        {
          failureDomains: ['room-1', 'room-2'],
          spread: { maxSkew: 1, whenUnsatisfiable: WhenUnsatisfiable.DO_NOT_SCHEDULE },
        },
      ),
    },
    networks: [{ name: 'front', network: 'VM Network', addresses, gateway: '10.0.0.1', nameservers: ['10.0.0.2'] }],
    disks: {
      ...ofKind({}, { rootSize: Size.gibibytes(20) }, { rootSize: Size.gibibytes(30) }),
      extra: [{ name: 'data', size: Size.gibibytes(10), provisioning: DiskProvisioning.THIN }],
    },
    ...ofKind<object>(
      {
        cloudInit: {
          userData: text('#cloud-config'),
          metadata: text('team: web'),
          cleanup: true,
        },
      },
      { ignition: text(JSON.stringify({ ignition: { version: '3.4.0' } })) },
      { customizationSpec: 'linux' },
    ),
    naming: { vmName: '$(group.name)-$(vm.ordinal)-$(vm.id)', hostname: 'web-$(vm.ordinal)' },
    powerState: PowerState.POWERED_ON,
    powerOff: PowerOff.trySoft({ timeout: Duration.minutes(1) }),
    readiness: Readiness.ipAddress({ network: 'front', guestInfo: { ready: 'true' } }),
    minReady: Duration.seconds(10),
    progressDeadline: Duration.minutes(30),
    updateStrategy: UpdateStrategy.rollingUpdate({
      maxSurge: Amount.percent(25),
      maxUnavailable: Amount.absolute(1),
      resizePolicy: ResizePolicy.POWER_CYCLE,
      restartToken: 'monday',
    }),
    scaleDownOrder: ScaleDownOrder.NEWEST,
    retire: ['vm-1'],
    adopt: { machines: ['old-1'], folder: '/dc1/vm/old' },
    deletionPolicy: DeletionPolicy.ORPHAN,
    paused: false,
    tags: [{ category: 'stage', name: 'live' }],
    customAttributes: { owner: 'web' },
    extraConfig: { 'disk.EnableUUID': 'TRUE' },
  });
}
