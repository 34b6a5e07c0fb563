import { expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const userData = { value: '#cloud-config' };

type CloudInit = NonNullable<NonNullable<VmGroupSpec['guest']>['cloudInit']>;

/** The steps for one running replica with tools. */
function steps(cloudInit: CloudInit, machine: Partial<VirtualMachine> = {}, rest: Partial<Observation> = {}) {
  const group = aGroup({ guest: { cloudInit }, readiness: { type: 'ToolsRunning' } });
  const running = { details: aGuest({ toolsRunning: true }), ...machine };
  const replica = aReplica(group, { ordinal: 0 }, running);
  return plan(anObservation(group, { replicas: [replica], ...rest })).actions;
}

test('user-data is removed once from a replica that is ready', () => {
  expect(steps({ userData, cleanup: true })).toMatchObject([{ kind: 'WriteSettings', parts: ['cleanup'] }]);
  const written = new Map([[`vm-0/${slotRevision()}`, new Set(['cleanup' as const])]]);
  expect(steps({ userData, cleanup: true }, {}, { written })).toEqual([]);
});

test.each([
  ['that does not ask for it', { userData }, {}],
  ['that asks not to', { userData, cleanup: false }, {}],
  ['without user-data', { cleanup: true }, {}],
  ['that is not ready', { userData, cleanup: true }, { details: aGuest() }],
] as const)('R4: nothing is done for a replica %s', (_, cloudInit, machine) => {
  expect(steps(cloudInit, machine)).toEqual([]);
});

function slotRevision(): string {
  const group = aGroup({ guest: { cloudInit: { userData } } });
  return aReplica(group, { ordinal: 0 }).slot.revision;
}
