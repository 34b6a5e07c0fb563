/** An operator that serves named namespaces, with the rights that `watchNamespaces` gives it, on a server with RBAC. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { expect, inject, onTestFinished, test } from 'vitest';
import { VmOperator } from '../../src/constructs';
import { Installation } from './installation';

const ACCOUNT = 'system:serviceaccount:codeconnect-vm-operator-system:codeconnect-vm-operator';

test('with Roles instead of a ClusterRole the operator serves its namespaces, and has rights in no other', async () => {
  const here = await Installation.start(inject('binaries'));
  await here.run('create', 'namespace', 'shop');
  await here.run('create', 'namespace', 'elsewhere');
  const folder = await mkdtemp(path.join(tmpdir(), 'served-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const app = new App({ outdir: folder });
  new VmOperator(new Chart(app, 'operator'), 'Operator', { crds: false, watchNamespaces: ['default', 'shop'] });
  app.synth();
  // The same ClusterRole with fewer rules, and the Roles.
  await here.run('apply', '-f', folder);

  const may = (verb: string, resource: string, ...where: string[]) =>
    here.run('auth', 'can-i', verb, resource, ...where, '--as', ACCOUNT).catch((error: unknown) => String(error));
  expect(await may('list', 'vmgroups', '-n', 'shop')).toContain('yes');
  expect(await may('create', 'events.events.k8s.io', '-n', 'shop')).toContain('yes');
  for (const verb of ['get', 'list', 'watch', 'create', 'delete']) {
    expect(await may(verb, 'vmgroups', '-n', 'elsewhere'), verb).toContain('no');
    expect(await may(verb, 'vmgroups', '-A'), verb).toContain('no');
  }
  expect(await may('patch', 'vmgroups', '--subresource=status', '-n', 'elsewhere')).toContain('no');
  expect(await may('create', 'events.events.k8s.io', '-n', 'elsewhere')).toContain('no');

  const served = await here.operator({ flags: ['--leader-elect', '--watch-namespaces=default,shop'] });
  await here.applyIn('elsewhere', 'web', { replicas: 1 });
  await here.apply('web', { replicas: 2 });
  await here.applyIn('shop', 'db', { replicas: 1 });
  await here.untilRunning('web', 2);
  await here.run('wait', '--for=condition=Ready', 'vg/db', '-n', 'shop', '--timeout=60s');
  await here.until('events are written in both namespaces', async () => {
    const reasons = await here.run('get', 'events', '-A', '-o', 'jsonpath={.items[*].metadata.namespace}');
    return ['default', 'shop'].filter((namespace) => !reasons.includes(namespace));
  });
  await here.run('scale', 'vg/db', '-n', 'shop', '--replicas=2');
  await here.run('wait', '--for=jsonpath={.status.readyReplicas}=2', 'vg/db', '-n', 'shop', '--timeout=60s');
  await here.run('delete', 'vg', 'db', '-n', 'shop', '--timeout=60s');

  // A namespace that is deleted loses its Roles before its groups, which have a finalizer.
  await here.applyIn('shop', 'last', { replicas: 2 });
  await here.run('wait', '--for=condition=Ready', 'vg/last', '-n', 'shop', '--timeout=60s');
  expect(served.log.last(1000)).not.toMatch(/forbidden|Forbidden/);
  here.deniesOnPurpose(/\/namespaces\/shop\//);
  await here.run('delete', 'role,rolebinding', '--all', '-n', 'shop');
  await here.until('the rights are gone', async () => {
    const said = await may('list', 'vmgroups', '-n', 'shop');
    return said.includes('no') ? [] : [said];
  });
  await here.run('delete', 'vg', 'last', '-n', 'shop', '--timeout=60s');

  // Nor may it read that namespace any more: the others are served all the same, also by an operator that starts.
  await served.stop();
  await here.operator({ flags: ['--leader-elect', '--watch-namespaces=default,shop'] });
  await here.run('scale', 'vg/web', '--replicas=1');
  await here.untilRunning('web', 1);

  const other = JSON.parse(await here.run('get', 'vg', 'web', '-n', 'elsewhere', '-o', 'json'));
  expect(other.metadata.finalizers).toBeUndefined();
  expect(other.status).toBeUndefined();
  const groups = (await here.machines()).flatMap(({ group }) => group ?? []);
  expect(groups).toEqual(['default/web']);
});
