/** What the namespace controller deletes, in an order of its own: groups, Secrets, Roles and events. */
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { VmOperator } from '../../../src/constructs';
import { MachineChanges } from '../machine-changes';
import { applyObject } from '../vcenter-manifests';
import type { ControlledCluster } from './world';

const userData = { secretKeyRef: { name: 'boot', key: 'user-data' } };
const GUEST = { guest: { cloudInit: { userData } } };

/** The guest data of a namespace, and the right of the operator to read it. */
async function addGuestSecret({ here }: ControlledCluster, namespace: string): Promise<void> {
  const { namespace: home, serviceAccount } = here.facts;
  const role = 'vm-operator-guest-secrets';
  const where = ['-n', namespace];
  await here.run('create', 'secret', 'generic', 'boot', '--from-literal=user-data=#cloud-config', ...where);
  await here.run('create', 'role', role, '--verb=get', '--resource=secrets', ...where);
  const binding = [`--role=${role}`, `--serviceaccount=${home}:${serviceAccount}`];
  await here.run('create', 'rolebinding', role, ...binding, ...where);
}

export function testNamespaces(cluster: () => ControlledCluster): void {
  test('a namespace that is deleted while its groups run, grow and fail ends, and nobody is warned', async () => {
    const world = cluster();
    const { here } = world;
    const before = new Set((await here.machines()).map(({ id }) => id));
    await world.served('doomed');
    await world.served('barred');
    await addGuestSecret(world, 'doomed');
    await here.applyIn('doomed', 'web', { replicas: 2, ...GUEST });
    await here.applyIn('doomed', 'kept', { deletionPolicy: 'Orphan' });
    await here.applyIn('barred', 'old', {});
    await applyObject(here, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'theirs', namespace: 'doomed' },
    });
    await world.untilReady('doomed', 'web', 'kept');
    await world.untilReady('barred', 'old');
    const kept = await world.machinesOf('doomed/kept');
    await here.run('label', 'namespace', 'barred', 'site-');
    await here.run('wait', '--for=jsonpath={.status.phase}=ERROR', 'vg/old', '-n', 'barred', '--timeout=60s');
    const missing = { secretKeyRef: { name: 'missing', key: 'user-data' } };
    await here.applyIn('doomed', 'failing', { guest: { cloudInit: { userData: missing } } });
    await here.run('wait', '--for=jsonpath={.status.phase}=ERROR', 'vg/failing', '-n', 'doomed', '--timeout=60s');
    await here.applyIn('doomed', 'growing', { replicas: 6, ...GUEST });
    await here.until('a machine of the growing group', async () =>
      (await world.machinesOf('doomed/growing')).length > 0 ? [] : ['none'],
    );
    here.deniesOnPurpose(/\/namespaces\/(doomed|barred)\//);
    const complaints = world.complaints();
    await here.run('delete', 'namespace', 'doomed', 'barred', '--timeout=90s');
    const refused = (await here.requests()).filter(({ namespace, code }) => namespace === 'doomed' && code === 403);
    expect(refused.map(({ resource }) => resource)).toContain('events');
    // The namespace controller may take the Role away before it tells the group that reads its Secret to end.
    expect(refused.filter(({ resource }) => resource !== 'events' && resource !== 'secrets')).toEqual([]);
    expect(complaints()).toEqual([]);
    const left = (await here.machines()).filter(({ id }) => !before.has(id));
    expect(left.map(({ id, group }) => [id, group])).toEqual(kept.map(({ id }) => [id, undefined]));
    expect(await here.folder('doomed.web')).toBeUndefined();
  });

  test('a namespace that cannot end says that a group waits, the group says for what, and force-orphan ends both', async () => {
    const world = cluster();
    const { here } = world;
    await world.served('stuck');
    await here.applyIn('stuck', 'lost', {});
    await world.untilReady('stuck', 'lost');
    const [lost] = await world.machinesOf('stuck/lost');
    await new MachineChanges(here).setConnection(lost?.id ?? '', 'inaccessible');
    here.deniesOnPurpose(/\/namespaces\/stuck\//);
    await here.run('delete', 'namespace', 'stuck', '--wait=false');
    await here.until('the namespace says why it stays', async () => {
      const { status } = JSON.parse(await here.run('get', 'namespace', 'stuck', '-o', 'json'));
      const conditions: readonly { type: string; message: string }[] = status.conditions ?? [];
      const told = conditions.find(({ type }) => type === 'NamespaceFinalizersRemaining')?.message ?? 'nothing';
      return told.includes('vm.codeconnect.vmworld.com/vmgroup in 1 resource instances') ? [] : [told];
    });
    await here.until('the group says why it stays', async () => {
      const { status } = JSON.parse(await here.run('get', 'vg', 'lost', '-n', 'stuck', '-o', 'json'));
      return status.lastMessage.includes('force-orphan=true') ? [] : [status.lastMessage];
    });
    await here.run('annotate', 'vg', 'lost', '-n', 'stuck', 'vm.codeconnect.vmworld.com/force-orphan=true');
    await here.run('wait', '--for=delete', 'namespace/stuck', '--timeout=60s');
    expect((await here.machines()).map(({ id }) => id)).toContain(lost?.id);
  });
}

/** It leaves an operator that serves that namespace only. */
export function testNamespaceWithRoles(cluster: () => ControlledCluster): void {
  test('a namespace whose Roles let the operator serve it ends too, and nobody is warned of what the lost Roles refuse', async () => {
    const world = cluster();
    const { here } = world;
    await world.served('own-rights');
    const folder = await mkdtemp(path.join(here.server.folder, 'own-rights-'));
    const app = new App({ outdir: folder });
    new VmOperator(new Chart(app, 'operator'), 'Operator', { crds: false, watchNamespaces: ['own-rights'] });
    app.synth();
    await world.reinstall(folder, '--watch-namespaces=own-rights');
    await here.applyIn('own-rights', 'web', { replicas: 2 });
    await world.untilReady('own-rights', 'web');
    here.deniesOnPurpose(/\/namespaces\/own-rights\//);
    const complaints = world.complaints();
    await here.run('delete', 'namespace', 'own-rights', '--timeout=60s');
    expect(await world.machinesOf('own-rights/web')).toEqual([]);
    expect(complaints()).toEqual([]);
  });
}
