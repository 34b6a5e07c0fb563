import { expect, test } from 'vitest';
import {
  adoptionWorld,
  aShape,
  inspections,
  observedAdoption,
  plannedAdoption,
} from '../../../test/support/builders/adoption-world';
import { aFault, aGroup } from '../../../test/support/builders/observation';
import { refKey } from '../../vsphere/port';
import { adoptionSubject } from '../model/adoption-request';

const adopt = { folder: 'by-hand' };
const lacking = (privilege: string) => aFault(aGroup(), { message: `the privilege ${privilege} is missing` });
const machine = (value: string) => refKey({ type: 'VirtualMachine', value });

test('a machine whose adoption failed is named with the fault and its next try, and not told as being taken over', () => {
  const faults = new Map([[machine('web-1'), lacking('VirtualMachine.Config.AdvancedConfig')]]);
  const { condition } = plannedAdoption(adoptionWorld('web-1', 'web-2'), { adopt, observed: { faults } });
  expect(condition('MachinesAdopted')).toMatchObject({ status: 'False', reason: 'AdoptionFailing' });
  expect(condition('MachinesAdopted')?.message).toMatch(
    /^web-1: the privilege VirtualMachine.Config.AdvancedConfig is missing, retry at \S+Z$/,
  );
});

test('of many faults the first three are told', () => {
  const names = ['web-1', 'web-2', 'web-3', 'web-4', 'web-5'];
  const faults = new Map(names.map((name) => [machine(name), lacking('P')]));
  const asked = { adopt, spec: { replicas: 5 }, observed: { faults } };
  const message = plannedAdoption(adoptionWorld(...names), asked).condition('MachinesAdopted')?.message ?? '';
  expect(message.match(/web-\d/g)).toEqual(['web-1', 'web-2', 'web-3']);
  expect(message).toMatch(/; 2 more fail$/);
});

test('a look at the machines that failed is told', () => {
  const store = adoptionWorld('web-1');
  const revision = observedAdoption(store, { adopt }).adoption?.revision ?? '';
  const faults = new Map([[refKey(adoptionSubject(revision)), lacking('System.Read')]]);
  const { condition } = plannedAdoption(store, { adopt, looked: new Map(), observed: { faults } });
  expect(condition('MachinesAdopted')).toMatchObject({ reason: 'AdoptionFailing' });
  expect(condition('MachinesAdopted')?.message).toContain('spec.adopt: the privilege System.Read is missing');
});

test('beside a machine that is refused the fault of another one is told, too', () => {
  const store = adoptionWorld('web-1', 'web-2');
  const looked = inspections(store, { 'web-1': { shape: aShape({ guestId: 'rhel9_64Guest' }) } });
  const faults = new Map([[machine('web-2'), lacking('P')]]);
  const { condition } = plannedAdoption(store, { adopt, looked, observed: { faults } });
  expect(condition('MachinesAdopted')).toMatchObject({ reason: 'AdoptionRefused' });
  expect(condition('MachinesAdopted')?.message).toMatch(
    /web-1 is no machine of the template.*; web-2: the privilege P/,
  );
});
