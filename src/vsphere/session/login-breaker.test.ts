import { beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import { errorOfLocalizedFault } from '../fault/fault-error';
import { transportError } from '../vim25/vsphere-error';
import { LoginBreaker } from './login-breaker';
import { RefusedLogins } from './refused-logins';

const MINUTE_MS = 60_000;
const { signal } = new AbortController();

let clock: VirtualClock;
let refused: RefusedLogins;
/** What was sent, in order. */
let sent: string[];
let answer: () => Promise<unknown>;

const invalid = errorOfLocalizedFault({ fault: { xsiType: 'InvalidLogin' } });
const refuse = async () => {
  throw invalid;
};

beforeEach(() => {
  clock = new VirtualClock();
  refused = new RefusedLogins(clock, () => 0.5);
  sent = [];
  answer = refuse;
});

function aConnection(place = 'vc:443 Password', mayProbe = () => true) {
  const breaker = new LoginBreaker({ refused, place, mayProbe });
  const login = (content: string) =>
    breaker
      .attempt(content, signal, () => {
        sent.push(content);
        return answer();
      })
      .catch((error: unknown) => error);
  return { breaker, login };
}

describe('connections of one account', () => {
  test('send what one of them was refused only after the pause, and then once', async () => {
    const [one, other] = [aConnection(), aConnection()];
    expect(await one.login('wrong')).toBe(invalid);
    expect(await other.login('wrong')).toBe(invalid);
    expect(sent).toEqual(['wrong']);
    await clock.advance(37 * MINUTE_MS);
    await other.login('wrong');
    await one.login('wrong');
    expect(sent).toEqual(['wrong', 'wrong']);
  });

  test('send it once when all begin at the same moment', async () => {
    const all = [aConnection(), aConnection(), aConnection()];
    expect(await Promise.all(all.map(({ login }) => login('wrong')))).toEqual([invalid, invalid, invalid]);
    expect(sent).toEqual(['wrong']);
  });

  test('send new content at once, and once', async () => {
    const [one, other] = [aConnection(), aConnection()];
    await one.login('wrong');
    await Promise.all([one.login('also wrong'), other.login('also wrong')]);
    await one.login('wrong');
    expect(sent).toEqual(['wrong', 'also wrong']);
  });

  test('all log in when the content is right, and as soon as one of them could', async () => {
    const [one, other] = [aConnection(), aConnection('vc:443 Password', () => false)];
    await one.login('right');
    await other.login('right');
    expect(other.breaker.isDue).toBe(false);
    await clock.advance(37 * MINUTE_MS);
    answer = async () => 'a session';
    expect(await Promise.all([one.login('right'), aConnection().login('right')])).toEqual(['a session', 'a session']);
    expect(other.breaker.isDue).toBe(true);
    expect(await other.login('right')).toBe('a session');
  });

  test('go on one by one when nobody knows whether the content is right', async () => {
    const lost = transportError('Timeout', 'no answer', 'Unknown');
    answer = async () => {
      throw lost;
    };
    expect(await Promise.all([aConnection().login('any'), aConnection().login('any')])).toEqual([lost, lost]);
    expect(sent).toEqual(['any', 'any']);
  });

  test('are not concerned by another server, or another way to log in', async () => {
    for (const place of ['vc:443 Password', 'vc:443 TokenByPassword', 'other:443 Password'])
      await aConnection(place).login('wrong');
    expect(sent).toHaveLength(3);
  });

  test('send nothing when they were closed while another logged in', async () => {
    const closing = new AbortController();
    const { breaker } = aConnection();
    const gate = Promise.withResolvers<void>();
    answer = () => gate.promise;
    const first = aConnection().login('right');
    const second = breaker.attempt('right', closing.signal, async () => sent.push('closed'));
    closing.abort(new Error('closed'));
    gate.resolve();
    await first;
    await expect(second).rejects.toThrow('closed');
    expect(sent).toEqual(['right']);
  });
});

test('a connection that may not probe sends refused content no more, and may when it is told so', async () => {
  let leads = false;
  const { breaker, login } = aConnection('vc:443 Password', () => leads);
  await login('wrong');
  await clock.advance(10 * 60 * MINUTE_MS);
  expect(await login('wrong')).toBe(invalid);
  expect(sent).toEqual(['wrong']);
  await login('new');
  expect(sent).toEqual(['wrong', 'new']);
  leads = true;
  expect(breaker.isDue).toBe(false);
  await clock.advance(37 * MINUTE_MS);
  expect(breaker.isDue).toBe(true);
  await login('new');
  await settle();
  expect(sent).toEqual(['wrong', 'new', 'new']);
});
