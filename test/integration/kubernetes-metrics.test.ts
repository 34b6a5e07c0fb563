import { expect, inject, test } from 'vitest';
import { Installation } from './installation';
import { scrape } from './scrape';

const binaries = inject('binaries');

test('secure metrics need RBAC to get /metrics, and have the names of controller-runtime', async () => {
  const here = await Installation.start(binaries);
  const { namespace, serviceAccount } = here.facts;
  const operatorAccount = `--serviceaccount=${namespace}:${serviceAccount}`;
  await here.run('create', 'clusterrolebinding', 'reviews', '--clusterrole=system:auth-delegator', operatorAccount);
  await here.run('create', 'clusterrole', 'reads-metrics', '--verb=get', '--non-resource-url=/metrics');
  for (const name of ['prometheus', 'stranger']) await here.run('create', 'serviceaccount', name);
  await here.run(
    'create',
    'clusterrolebinding',
    'reads',
    '--clusterrole=reads-metrics',
    '--serviceaccount=default:prometheus',
  );
  const tokenOf = async (name: string) => (await here.run('create', 'token', name)).trim();

  const environment = { POD_NAMESPACE: namespace };
  const operator = await here.operator({ flags: ['--metrics-secure', '--leader-elect'], environment });
  await here.apply('web', {});
  await here.untilRunning('web', 1);
  const url = `${operator.metricsUrl.replace('http:', 'https:')}/metrics`;
  expect((await scrape(url)).status).toBe(401);
  expect((await scrape(url, 'nonsense')).status).toBe(401);
  expect((await scrape(url, await tokenOf('stranger'))).status).toBe(403);
  const { status, body } = await scrape(url, await tokenOf('prometheus'));
  expect(status).toBe(200);
  for (const line of [
    /^leader_election_master_status\{name="codeconnect-vm-operator"\} 1$/m,
    /^rest_client_requests_total\{code="200",method="PATCH",host="127\.0\.0\.1:\d+"\} [1-9]/m,
    /^workqueue_adds_total\{name="vmgroup",controller="vmgroup"\} [1-9]/m,
    /^controller_runtime_reconcile_total\{controller="vmgroup",result="success"\} [1-9]/m,
    /^controller_runtime_max_concurrent_reconciles\{controller="vmgroup"\} 8$/m,
    /^vm_operator_build_info\{version="[^"]+",node="[^"]+"\} 1$/m,
  ])
    expect(body).toMatch(line);
});
