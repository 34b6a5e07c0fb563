/** R10: how often the replicas of an operator try an account that vCenter refuses. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VCenterModel } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const MINUTE_MS = 60_000;
const WRONG = { userName: 'operator@vsphere.local', password: 'wrong' };

let world: ManagedWorld;
let east: VCenterModel;
beforeEach(async () => {
  world = await ManagedWorld.with();
  east = await world.addVCenter('east');
  await world.changeAccount('east-account', WRONG);
});
afterEach(() => world.end());

const logins = () => east.calls.filter(({ method }) => method === 'Login').length;

/** The minutes at which logins are sent. */
async function minutesOfLogins(minutes: number): Promise<readonly number[]> {
  const at: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    const before = logins();
    await world.clock.advance(MINUTE_MS);
    for (let sent = before; sent < logins(); sent += 1) at.push(minute);
  }
  return at;
}

/** The highest count of a lockout policy that begins anew after 30 minutes without a failure. */
function mostAtOnce(minutes: readonly number[]): number {
  let count = 0;
  let most = 0;
  for (const [index, minute] of minutes.entries()) {
    count = minute - (minutes[index - 1] ?? minute) >= 30 ? 1 : count + 1;
    most = Math.max(most, count);
  }
  return most;
}

async function addOthersOfTheAccount(): Promise<void> {
  const shared = {
    endpoint: { host: 'east', port: 443 },
    credentials: { secretRef: { name: 'east-account' }, method: 'Password' as const },
  };
  for (const name of ['gold', 'silver'])
    await world.addVCenter(name, { ...shared, namespaceSelector: { matchLabels: { tier: name } } });
}

describe('a wrong password', () => {
  test('is tried once by each replica, and then by the one that leads, so rarely that nothing adds up', async () => {
    for (const name of ['a', 'bb', 'ccc']) world.start(name);
    const sent = await minutesOfLogins(360);
    expect(sent.length).toBeGreaterThan(8);
    expect(sent.filter((minute) => minute < 30)).toHaveLength(3);
    expect(mostAtOnce(sent)).toBe(3);
  });

  test('that is followed by another wrong one is tried once more by each replica', async () => {
    world.start('a');
    world.start('bb');
    await world.clock.advance(5 * MINUTE_MS);
    await world.changeAccount('east-account', { ...WRONG, password: 'also wrong' });
    expect(await minutesOfLogins(20)).toHaveLength(2);
  });

  test('is tried once by each replica, and then by one of them, also where several VCenters have the account', async () => {
    await addOthersOfTheAccount();
    const [one, other] = [world.start('a'), world.start('bb')];
    const sent = await minutesOfLogins(360);
    expect([one.leads(), other.leads()].filter((names) => names.some((name) => name !== '(env)'))).toHaveLength(2);
    expect(sent.filter((minute) => minute < 30)).toHaveLength(2);
    expect(mostAtOnce(sent.slice(2))).toBe(1);
    expect(mostAtOnce(sent)).toBe(2);
  });
});

test('all VCenters of an account are connected soon after its try that was accepted', async () => {
  await addOthersOfTheAccount();
  await world.changeAccount('east-account');
  east.setIdentitySource('Down');
  world.start('a');
  world.start('bb');
  await world.clock.advance(5 * MINUTE_MS);
  east.setIdentitySource('Up');
  await world.clock.advance(42 * MINUTE_MS);
  for (const name of ['east', 'gold', 'silver']) {
    const { status } = await world.vcenterObject(name);
    expect(status?.conditions?.find(({ type }) => type === 'Connected')?.status).toBe('True');
  }
});
