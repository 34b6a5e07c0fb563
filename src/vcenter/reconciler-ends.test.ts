/** What becomes of a VCenter that is deleted, and after it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { ADMITTED, DELETED, OTHERS, VCenterProcess } from '../../test/support/builders/vcenter-process';
import { settle } from '../../test/support/time/virtual-clock';

let one: VCenterProcess;
beforeEach(() => {
  one = new VCenterProcess();
});

describe('a VCenter that is being deleted', () => {
  test('is served while groups live on it', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    one.groups = [aGroup()];
    expect(await one.reconcile()).toEqual({ requeueAfterMs: 60_000 });
    expect(one.story).toEqual(['leave (env)', 'serve', 'status']);
  });

  test('R6: ends before its finalizer goes, since another may then name the same vCenter', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    const end = one.hold('end');
    const running = one.reconcile();
    await settle();
    expect(one.story).toEqual(['leave (env)', 'serve', 'end']);
    end();
    expect(await running).toEqual({});
    expect(one.story.at(-1)).toBe(`finalizers ${OTHERS}`);
  });

  test('R13: is served while groups may live on it that cannot be read', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    one.groupsKnown = false;
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'serve', 'status']);
    expect(one.statuses[0]?.conditions?.at(-1)).toMatchObject({
      type: 'InUse',
      status: 'Unknown',
      reason: 'GroupsUnknown',
    });
  });

  test('R6, R9: keeps its finalizer and no worker until its connection has come to its end', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    const end = one.hold('end');
    const running = one.reconcile();
    await settle();
    one.isEnding.vcenter = true;
    end();
    expect(await running).toEqual({});
    one.isEnding.vcenter = false;
    one.leads.vcenter = false;
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'serve', 'end', 'leave (env)', 'end', `finalizers ${OTHERS}`]);
  });

  test('R13: is served while machines of namespaces that are not served are there, and goes after them', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    one.watchNamespaces.push('default');
    const amount = { vms: 1, cpu: 1, memoryMiB: 1_024 };
    one.usage = { total: amount, namespaces: new Map([['bank', amount]]) };
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'serve', 'status']);
    expect(one.statuses[0]?.conditions?.at(-1)).toMatchObject({
      ...{ type: 'InUse', status: 'Unknown', reason: 'GroupsUnknown' },
      message:
        'groups of namespaces that this operator does not serve have machines here ("bank"): add the namespaces to --watch-namespaces, or remove the machines; until then a deleted VCenter stays',
    });
    one.usage = undefined;
    await one.reconcile();
    expect(one.story.at(-1)).toBe('status');
    expect(one.statuses[1]?.conditions?.at(-1)?.message).toContain('remove the finalizer');
    one.usage = { total: amount, namespaces: new Map([['default', amount]]) };
    await one.reconcile();
    expect(one.story.at(-1)).toBe(`finalizers ${OTHERS}`);
  });

  test('is left to the process that leads it', async () => {
    one.put({ ...ADMITTED, ...DELETED });
    one.leads.vcenter = false;
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'serve']);
  });
});

describe('a VCenter that is gone', () => {
  test('is let go; the vCenter of the environment is used again after the last one', async () => {
    await one.reconcile();
    expect(one.story).toEqual(['end', 'use (env)']);
  });

  test('R6: leaves the vCenter of the environment alone until its own connection has come to its end', async () => {
    one.isEnding.vcenter = true;
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['end']);
  });

  test('R6: has the vCenter of the environment tried again while a connection to that has not come to its end', async () => {
    one.isEnding.base = true;
    expect(await one.reconcile()).toEqual({ requeueAfterMs: 1_000 });
  });

  test('leaves the vCenter of the environment alone while there are others', async () => {
    one.vcenters.set('west', aVCenter());
    await one.reconcile();
    expect(one.story).toEqual(['end']);
  });
});
