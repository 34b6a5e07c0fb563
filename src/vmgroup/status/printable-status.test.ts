import { describe, expect, test } from 'vitest';
import { aFault, aGroup, aReplica } from '../../../test/support/builders/observation';
import { statusFor } from '../../../test/support/builders/told-status';
import { revisionOf } from '../../api/identity';
import type { VmGroupStatus } from '../../api/vm-group';

describe('R14: names by strangers in messages', () => {
  const evil = `x\u001b[2J\n\u009b${'\u0007'.repeat(300)}`;
  const told = (status: VmGroupStatus) =>
    [
      status.lastMessage,
      ...(status.conditions ?? []),
      ...(status.replicas ?? []).map(({ fault }) => fault?.message),
    ].map((part) => (typeof part === 'object' ? part.message : (part ?? '')));

  test('command no terminal, and messages stay within the limits of the CRD', () => {
    const group = aGroup({ replicas: 2, template: evil });
    const problems = [
      { reason: 'TemplateNotFound' as const, field: 'spec.template', message: `"${evil}" is not there` },
    ];
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group, { message: evil })]]);
    const status = statusFor(group, { placement: { problems }, faults, replicas: [aReplica(group, { ordinal: 0 })] });
    expect(told(status).length).toBeGreaterThan(5);
    for (const message of told(status)) expect(message).toMatch(/^[ -~]*$/);
    expect(status.lastMessage?.length).toBeLessThanOrEqual(1024);
    for (const { fault } of status.replicas ?? []) expect(fault?.message.length ?? 0).toBeLessThanOrEqual(512);
    expect(status.replicas?.[0]?.fault?.message).toHaveLength(512);
  });

  test('are not cut within a character, which the API server would change', () => {
    const specProblems = [`${'x'.repeat(1023)}🙂`];
    const status = statusFor({ ...aGroup(), specProblems });
    expect(status.lastMessage).toBe('x'.repeat(1023));
  });
});

test('R14: texts of vCenter beyond the limits of the CRD are cut, and references are left out', () => {
  const long = 'g'.repeat(65);
  const group = aGroup({ replicas: 2 });
  const ref = { type: 'VirtualMachine', value: long };
  const status = statusFor(group, {
    vcenter: { kind: 'Ready', name: 'v', instanceUuid: long },
    folder: { kind: 'Found', ref, path: `/dc/${'f'.repeat(2100)}`, createdByOperator: true, isOurs: true },
    replicas: [aReplica(group, { ordinal: 0 }, { ref, instanceUuid: long })],
    faults: new Map([[`1/${revisionOf(group.spec)}`, aFault(group, { reason: long })]]),
  });
  expect(status.folder).toEqual({ path: `/dc/${'f'.repeat(2044)}`, createdByOperator: true });
  expect(status.vcenter).toEqual({ name: 'v' });
  const [replica, missing] = status.replicas ?? [];
  expect(replica?.name).toBeDefined();
  expect([replica?.moRef, replica?.instanceUuid]).toEqual([undefined, undefined]);
  expect(missing?.fault?.reason).toBe('g'.repeat(64));
});
