import { expect, test } from 'vitest';
import { sleep, systemClock } from '../../../src/time/clock';
import { RawSession, ref, strictVCenter } from './raw-session';

const COLLECTOR = 'PropertyCollector:propertyCollector';

async function allMachines(admin: RawSession, options = ''): Promise<string> {
  const content = await admin.call('RetrieveServiceContent', 'ServiceInstance:ServiceInstance');
  const container = ref('container', `Folder:${content.root.find('rootFolder')?.text}`);
  const view = await admin.call(
    'CreateContainerView',
    'ViewManager:ViewManager',
    `${container}<type>VirtualMachine</type><recursive>true</recursive>`,
  );
  const traversal = '<selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet>';
  return (
    '<specSet><propSet><type>VirtualMachine</type><pathSet>name</pathSet><pathSet>config.hardware.device</pathSet></propSet>' +
    `<objectSet>${ref('obj', `ContainerView:${view.value}`)}<skip>true</skip>${traversal}</objectSet></specSet><options>${options}</options>`
  );
}

test('a page of RetrievePropertiesEx has at most 100 objects, however many are asked for', async () => {
  const { admin } = await strictVCenter({ machines: 120 });
  const first = await admin.call(
    'RetrievePropertiesEx',
    COLLECTOR,
    await allMachines(admin, '<maxObjects>1000</maxObjects>'),
  );
  expect(first.root.findAll('objects')).toHaveLength(100);
  const token = `<token>${first.root.find('token')?.text}</token>`;
  const second = await admin.call('ContinueRetrievePropertiesEx', COLLECTOR, token);
  expect(second.root.findAll('objects')).toHaveLength(21);
});

test('every n-th large answer breaks off half-way, no small one, and none of the administrator', async () => {
  const { vcsim, admin } = await strictVCenter({
    machines: 20,
    strict: { droppedAnswers: { over: 20_000, every: 3 } },
  });
  const operator = await RawSession.open(vcsim, vcsim.user);
  const spec = await allMachines(operator);
  const outcomes = [];
  for (let n = 1; n <= 6; n += 1) {
    outcomes.push(
      await operator.call('RetrievePropertiesEx', COLLECTOR, spec).then(
        () => 'whole',
        () => 'broken',
      ),
    );
    await operator.call('CurrentTime', 'ServiceInstance:ServiceInstance');
    await admin.call('RetrievePropertiesEx', COLLECTOR, await allMachines(admin));
  }
  expect(outcomes).toEqual(['whole', 'whole', 'broken', 'whole', 'whole', 'broken']);
});

test('a session that makes no call for so long ends', async () => {
  const { vcsim } = await strictVCenter({ strict: { sessionIdleSeconds: 0.2 } });
  const idle = await RawSession.open(vcsim);
  await sleep(systemClock, 1000, new AbortController().signal);
  expect((await idle.call('CurrentTime', 'ServiceInstance:ServiceInstance')).fault).toBe('NotAuthenticated');
});

test('a vCenter that is not strict is the simulator as released', async () => {
  const { admin } = await strictVCenter({ strict: 'Off', machines: 120 });
  const { root } = await admin.call('RetrievePropertiesEx', COLLECTOR, await allMachines(admin));
  expect(root.findAll('objects')).toHaveLength(121);
});
