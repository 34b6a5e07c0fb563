import { beforeEach, describe, expect, test } from 'vitest';
import { aGroup, CLUSTER_ID } from '../../test/support/builders/observation';
import { ADMITTED, account, DELETED, OTHERS, VCenterProcess } from '../../test/support/builders/vcenter-process';
import { VCENTER_FINALIZER } from '../api/vcenter';
import { ApiError } from '../kubernetes';

let one: VCenterProcess;
beforeEach(() => {
  one = new VCenterProcess();
});

describe('R6: a new VCenter', () => {
  test('is admitted after the vCenter of the environment is left, by who leads the base', async () => {
    one.put({ finalizers: [OTHERS] });
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['leave (env)', 'end', `finalizers ${OTHERS} ${VCENTER_FINALIZER}`]);
  });

  test('is not admitted while a call to the vCenter of the environment may be under way', async () => {
    one.put({ finalizers: [] });
    one.isEnding.base = true;
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['leave (env)']);
    one.isEnding.base = false;
    await one.reconcile();
    expect(one.story.at(-1)).toBe(`finalizers ${VCENTER_FINALIZER}`);
  });

  test('is only waited for by a process that does not lead the base', async () => {
    one.leads.base = false;
    one.put({});
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['leave (env)', 'end']);
  });

  test('is not admitted once it is being deleted', async () => {
    one.put(DELETED);
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['leave (env)', 'end']);
  });

  test('whose finalizer somebody took away is let go, and admitted again', async () => {
    one.put();
    await one.reconcile();
    one.story.length = 0;
    one.put({ finalizers: [OTHERS] });
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'end', `finalizers ${OTHERS} ${VCENTER_FINALIZER}`]);
  });
});

describe('a VCenter that is admitted', () => {
  test('is served by every process, and told about by the one that leads it', async () => {
    one.put();
    one.leads.vcenter = false;
    expect(await one.reconcile()).toEqual({});
    expect(one.story).toEqual(['leave (env)', 'serve']);
    one.leads.vcenter = true;
    expect(await one.reconcile()).toEqual({ requeueAfterMs: 60_000 });
    expect(one.story.slice(2)).toEqual(['leave (env)', 'serve', 'status']);
    expect(one.statuses).toMatchObject([{ leader: 'pod-1', groups: 0, clusterID: CLUSTER_ID }]);
  });

  test('R4: has its status written only when it differs', async () => {
    one.put();
    await one.reconcile();
    await one.reconcile();
    await one.reconcile();
    expect(one.statuses).toHaveLength(1);
    one.groups = [aGroup()];
    await one.reconcile();
    expect(one.statuses.map(({ groups: count }) => count)).toEqual([0, 1]);
  });

  test('R14: gets no connection while its spec cannot be read, and says so', async () => {
    one.put(ADMITTED, { specProblems: ['spec.endpoint.host: not a host'] });
    one.connection = undefined;
    await one.reconcile();
    expect(one.story).toEqual(['leave (env)', 'serve without a connection', 'status']);
    expect(one.statuses[0]?.conditions?.[0]).toMatchObject({ type: 'Ready', status: 'False', reason: 'InvalidSpec' });
  });

  test('is tried again when a write fails', async () => {
    one.put();
    one.refusal = new ApiError('Conflict', 'changed');
    await expect(one.reconcile()).rejects.toBe(one.refusal);
  });
});

describe('the account', () => {
  test('that changes is used at once, and once', async () => {
    one.put();
    await one.reconcile();
    const before = one.checks;
    await one.reconcile();
    expect(one.checks).toBe(before);
    one.secret = account('two');
    await one.reconcile();
    await one.reconcile();
    expect(one.checks).toBe(before + 1);
  });

  test('that changed before this process led the VCenter is used at once, too', async () => {
    one.put();
    await one.reconcile();
    expect(one.checks).toBe(1);
  });

  test('that goes and comes again as it was changes nothing', async () => {
    one.put();
    await one.reconcile();
    const before = one.checks;
    one.secret = { kind: 'None', reason: 'SecretNotFound', message: 'gone' };
    await one.reconcile();
    one.secret = account('one');
    await one.reconcile();
    expect(one.checks).toBe(before);
  });

  test('R10: is in no status', async () => {
    one.secret = account('hunter2');
    one.put();
    await one.reconcile();
    expect(JSON.stringify(one.statuses)).not.toContain('hunter2');
  });
});
