import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { isDataObject, listOf } from '../../src/vsphere/fault/classify';
import { readObjects } from '../../src/vsphere/property/property-reader';
import { Installation } from './installation';
import { administrator, forever } from './vsphere-world';

const binaries = inject('binaries');
const call = { operationId: 'test', signal: forever };

test.each([
  ['https', 'Password'],
  ['https', 'TokenByPassword'],
  ['soap', 'TokenByPassword'],
])('R10: over %s by %s, no log, status, event or metric shows a password, cookie or token', async (kind, auth) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vm-operator-trace-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const traceFile = path.join(folder, 'trace');
  const here = await Installation.start(binaries, { traceFile });
  const admin = await administrator(here.vcsim);
  const others = await sessionKeys(admin);
  const operator = await here.operator({
    flags: ['--log-level', 'debug', '--vsphere-transport', kind],
    environment: { VC_AUTH: auth },
  });
  await here.apply('web', { replicas: 2 });
  await here.apply('lost', { replicas: 1, template: 'no-such-template' });
  await here.untilRunning('web', 2);

  // Its session is ended, and it logs in again. Then vCenter is stopped.
  const keys = (await sessionKeys(admin)).filter((key) => !others.includes(key));
  expect(keys).toHaveLength(1);
  const { sessionManager } = admin.session.service;
  await admin.session.invoke('TerminateSession', sessionManager, { sessionId: keys }, call);
  await here.apply('web', { replicas: 3 });
  await here.untilRunning('web', 3);
  const after = (await sessionKeys(admin)).filter((key) => !others.includes(key));
  expect(after).not.toEqual(keys);
  await admin.close();
  const metrics = await (await fetch(`${operator.metricsUrl}/metrics`)).text();
  await here.vcsim.stop();
  await here.until('the loss noticed', async () =>
    operator.log.all().some((line) => line.includes('lost vCenter') || line.includes('not connected'))
      ? []
      : ['not yet'],
  );
  const ready = await (await fetch(`${operator.probesUrl}/readyz?verbose`)).text();

  const shown = {
    log: operator.log.all().join('\n'),
    status: await here.run('get', 'vg', '-A', '-o', 'json'),
    events: await here.run('get', 'events', '-A', '-o', 'json'),
    metrics,
    ready,
  };
  // The texts that are searched are not empty.
  expect(shown.log).toContain('"method":"CloneVM_Task"');
  expect(shown.log).toContain('"operationId":"vmop-');
  expect(shown.metrics).toMatch(/vsphere_calls_total\{method="CloneVM_Task",code="OK"\} [3-9]/);
  const { password } = here.vcsim;
  const assertion = /<(?:saml2:)?SignatureValue[^>]*>|SignatureValue/.exec(await readFile(traceFile, 'utf8'));
  expect(assertion === null).toBe(auth === 'Password');
  const secrets = [
    password,
    Buffer.from(password).toString('base64'),
    ...keys,
    ...after,
    'SignatureValue',
    'saml2:Assertion',
  ];
  for (const [where, text] of Object.entries(shown))
    for (const secret of secrets) expect(text.includes(secret), `${where} shows ${secret.slice(0, 8)}…`).toBe(false);
});

/** The keys of all sessions. In the simulator a key is also the cookie. */
async function sessionKeys({ session }: Awaited<ReturnType<typeof administrator>>): Promise<readonly string[]> {
  const [object] = (await readObjects(session, [session.service.sessionManager], ['sessionList'], call)).objects;
  const list = listOf(object?.propSet?.[0]?.val);
  const keys = list.map((one) => (isDataObject(one) ? String(one.key) : ''));
  return keys;
}
