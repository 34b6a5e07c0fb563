import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import type { VmGroupStatus } from '../../api/vm-group';
import type { LedGroup } from './group-census';
import { observeGroups } from './group-metrics';

const led = (vcenter: string, replicas: number, status?: Partial<VmGroupStatus>): LedGroup => ({
  vcenter,
  group: aGroup({ replicas }, status === undefined ? {} : { status }),
});

async function seriesOf(groups: readonly LedGroup[], ledVCenters: readonly string[] = []): Promise<readonly string[]> {
  const registry = new Registry();
  observeGroups(registry, {
    ...{ known: () => groups.length, led: () => groups, ledVCenters: () => ledVCenters },
    longestSpecMs: () => 90_000,
  });
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.replace('vm_operator_', ''));
}

test('groups are told by phase, replicas by state, and faults by class, for each vCenter', async () => {
  const fault = {
    class: 'Capacity',
    reason: 'NoDiskSpace',
    message: 'full',
    since: '2026-01-01T00:00:00Z',
    attempts: 1,
  };
  const replica = { name: 'web-0', ordinal: 0, revision: 'a', hostname: 'web-0', ready: false };
  const series = await seriesOf([
    led('east', 3, {
      phase: 'RUNNING',
      currentReplicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    }),
    led('east', 2, {
      phase: 'PENDING',
      currentReplicas: 1,
      updatedReplicas: 1,
      readyReplicas: 0,
      availableReplicas: 0,
    }),
    led('east', 1),
    led('west', 2, { phase: 'ERROR', replicas: [{ ...replica, fault: { ...fault, class: 'Capacity' } }, replica] }),
  ]);
  expect(series).toEqual([
    'vmgroups 4',
    'spec_unready_longest_seconds 90',
    'vmgroup_phase{vcenter="east",phase="RUNNING"} 1',
    'vmgroup_phase{vcenter="east",phase="STOPPED"} 0',
    'vmgroup_phase{vcenter="east",phase="PENDING"} 1',
    'vmgroup_phase{vcenter="east",phase="ERROR"} 0',
    'vmgroup_phase{vcenter="east",phase="None"} 1',
    'vmgroup_phase{vcenter="west",phase="RUNNING"} 0',
    'vmgroup_phase{vcenter="west",phase="STOPPED"} 0',
    'vmgroup_phase{vcenter="west",phase="PENDING"} 0',
    'vmgroup_phase{vcenter="west",phase="ERROR"} 1',
    'vmgroup_phase{vcenter="west",phase="None"} 0',
    'replicas{vcenter="east",state="desired"} 6',
    'replicas{vcenter="east",state="current"} 4',
    'replicas{vcenter="east",state="updated"} 4',
    'replicas{vcenter="east",state="ready"} 3',
    'replicas{vcenter="east",state="available"} 3',
    'replicas{vcenter="east",state="stopped"} 0',
    'replicas{vcenter="west",state="desired"} 2',
    'replicas{vcenter="west",state="current"} 0',
    'replicas{vcenter="west",state="updated"} 0',
    'replicas{vcenter="west",state="ready"} 0',
    'replicas{vcenter="west",state="available"} 0',
    'replicas{vcenter="west",state="stopped"} 0',
    'replica_faults{vcenter="east",class="Retryable"} 0',
    'replica_faults{vcenter="east",class="Capacity"} 0',
    'replica_faults{vcenter="east",class="NeedsUser"} 0',
    'replica_faults{vcenter="west",class="Retryable"} 0',
    'replica_faults{vcenter="west",class="Capacity"} 1',
    'replica_faults{vcenter="west",class="NeedsUser"} 0',
  ]);
});

test('replicas that shall be powered off are not missed: they are stopped, and neither desired nor ready', async () => {
  const counts = { currentReplicas: 3, updatedReplicas: 3, readyReplicas: 0, availableReplicas: 0 };
  const off = aGroup({ replicas: 3, powerState: 'PoweredOff' }, { status: { phase: 'STOPPED', ...counts } });
  const series = await seriesOf([{ vcenter: 'east', group: off }]);
  expect(series.filter((line) => line.startsWith('replicas'))).toEqual([
    'replicas{vcenter="east",state="desired"} 0',
    'replicas{vcenter="east",state="current"} 0',
    'replicas{vcenter="east",state="updated"} 0',
    'replicas{vcenter="east",state="ready"} 0',
    'replicas{vcenter="east",state="available"} 0',
    'replicas{vcenter="east",state="stopped"} 3',
  ]);
});

test('a vCenter that is led has its series also without a group', async () => {
  expect(await seriesOf([], ['east'])).toContain('vmgroup_phase{vcenter="east",phase="ERROR"} 0');
});

test('R14: a phase that another version wrote makes no series of its own', async () => {
  const strange = Array.from({ length: 50 }, (_, index) => led('east', 1, { phase: `P${index}` as 'RUNNING' }));
  const phases = (await seriesOf(strange)).filter((line) => line.startsWith('vmgroup_phase'));
  expect(phases).toHaveLength(5);
  expect(phases).toContain('vmgroup_phase{vcenter="east",phase="None"} 50');
});
