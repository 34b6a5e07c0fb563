import { beforeEach, expect, test } from 'vitest';
import { ModelTagging } from '../../../test/fakes/vcenter/tagging';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { silentLog } from '../session/log';
import { LoginBreaker } from '../session/login-breaker';
import { RefusedLogins } from '../session/refused-logins';
import { RestSession } from '../session/rest-session';
import { Tagging } from './tagging';

const ACCOUNT = { userName: 'op', password: 'only-for-test' };
const machine = { type: 'VirtualMachine', value: 'vm-7' };

let server: ModelTagging;
let clock: VirtualClock;
beforeEach(() => {
  server = new ModelTagging(new Map([[ACCOUNT.userName, ACCOUNT.password]]));
  clock = new VirtualClock();
});

function open(base: 'api' | 'rest'): Tagging {
  const session = new RestSession({
    transport: { server: 'vc', send: async (request) => server.handle(request) },
    credentials: async () => ACCOUNT,
    breaker: new LoginBreaker({ refused: new RefusedLogins(clock, () => 0), place: 'vc' }),
    firstBase: () => base,
    ...{ clock, log: silentLog },
  });
  return new Tagging(session, clock);
}
const call = () => ({ operationId: 'op', signal: new AbortController().signal });
const idOf = (name: string) => server.tags.find((tag) => tag.name === name)?.id ?? '';

test.each(['api', 'rest'] as const)(
  'tags are found by category and name, and given and taken, at /%s',
  async (base) => {
    const tagging = open(base);
    const wanted = [
      { category: 'stage', name: 'live' },
      { category: 'team', name: 'live' },
      { category: 'no', name: 'live' },
    ];
    expect(await tagging.tags(wanted, call())).toEqual([
      {
        ...{ id: idOf('live'), category: 'stage', name: 'live', isSingle: true, isForMachines: true },
        ofCategory: [idOf('test'), idOf('live')],
      },
    ]);
    expect(await tagging.attached(machine, call())).toEqual([]);
    await tagging.attach(machine, idOf('live'), call());
    expect(server.of('vm-7')).toEqual(['stage/live']);
    expect(await tagging.attached(machine, call())).toEqual([idOf('live')]);
    await tagging.detach(machine, idOf('live'), call());
    expect(await tagging.attached(machine, call())).toEqual([]);
  },
);

test('a category says for which objects it is', async () => {
  server.tag(server.category('rack', 'MULTIPLE', ['HostSystem']), 'r1');
  server.tag(server.category('owner', 'MULTIPLE', ['HostSystem', 'VirtualMachine']), 'web');
  const wanted = [
    { category: 'rack', name: 'r1' },
    { category: 'owner', name: 'web' },
  ];
  const told = await open('api').tags(wanted, call());
  expect(told.map(({ name, isForMachines }) => [name, isForMachines])).toEqual([
    ['r1', false],
    ['web', true],
  ]);
});

test('R4: names are kept for a minute, and read again after a change that failed', async () => {
  const tagging = open('rest');
  const read = () => tagging.tags([{ category: 'stage', name: 'live' }], call());
  await read();
  const before = server.requests.length;
  await read();
  expect(server.requests).toHaveLength(before);
  await expect(tagging.attach(machine, 'gone', call())).rejects.toMatchObject({ code: 'NotFound' });
  await read();
  expect(server.requests.length).toBeGreaterThan(before + 1);
  const after = server.requests.length;
  await clock.advance(60_001);
  await read();
  expect(server.requests.length).toBeGreaterThan(after);
});

test('a tag that is gone while names are read is left out', async () => {
  const tagging = open('rest');
  const handle = server.handle.bind(server);
  server.handle = (request) => {
    const answer = handle(request);
    if (request.path.includes('list-tags-for-category')) server.tags.splice(0, 1);
    return answer;
  };
  const found = await tagging.tags([{ category: 'stage', name: 'live' }], call());
  expect(found.map(({ ofCategory }) => ofCategory)).toEqual([[idOf('live')]]);
});

test('without a REST session nothing is sent', async () => {
  await expect(new Tagging(undefined, clock).attached(machine, call())).rejects.toMatchObject({ outcome: 'NotSent' });
});
