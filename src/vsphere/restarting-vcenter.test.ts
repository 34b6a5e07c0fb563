import { beforeEach, describe, expect, test } from 'vitest';
import { ScriptedVCenter } from '../../test/fuzz/scripted-vcenter';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import { connectVCenter, staticCredentials, type VCenterConnection, VsphereError } from '.';
import type { TransportCall } from './transport/transport';
import { vim25Codec } from './transport/vim25-codec';
import type { MethodName, ParametersOf, ReturnOf } from './vim25/methods';

/** Fails all calls in one way, while it is told to. */
class Restarting extends ScriptedVCenter {
  failure: VsphereError | undefined;
  connects = 0;

  override async invoke<M extends MethodName>(
    ...call: [method: M, self: { type: string; value: string }, parameters: ParametersOf<M>, call: TransportCall]
  ): Promise<ReturnOf<M>> {
    if (call[0] === 'RetrieveServiceContent') this.connects += 1;
    if (this.failure !== undefined) throw this.failure;
    return await super.invoke(...call);
  }
}

let clock: VirtualClock;
let vcenter: Restarting;
let connection: VCenterConnection;

beforeEach(() => {
  clock = new VirtualClock();
  vcenter = new Restarting(vim25Codec);
  connection = connectVCenter({
    server: { host: 'scripted', port: 443 },
    credentials: staticCredentials({ userName: 'u', password: 'p' }),
    transport: vcenter,
    watchedExtraConfigKeys: [],
    clock,
    // With 0 the longest possible pause is drawn.
    random: () => 0,
  });
  void connection.run(new AbortController().signal);
});

async function ready(): Promise<void> {
  vcenter.failure = undefined;
  vcenter.tell(1, '');
  await settle();
}

const failing = (code: string, outcome: 'Refused' | 'NotSent' = 'Refused') => new VsphereError(code, 'no', outcome);

const OUTAGES = [
  ...['NotVCenter', 'Unavailable', 'Forbidden', 'TLSUntrusted', 'FingerprintMismatch', 'CertificateChanged'],
  ...['VersionUnsupported', 'SoapFault', 'MalformedResponse', 'ResponseTooLarge', 'NoPermission', 'RuntimeFault'],
];

describe('a vCenter that was good', () => {
  test.each(OUTAGES)('and fails with %s for a while is connected again within seconds', async (code) => {
    await ready();
    expect(connection.status.kind).toBe('Ready');
    await clock.advance(600_000);
    vcenter.failure = failing(code);
    vcenter.breakOff();
    // Five tries: after 0 s, 1 s, 2 s, 4 s and 8 s.
    await clock.advance(14_900);
    expect(connection.status).toMatchObject({ kind: 'Failed', error: { code } });
    vcenter.failure = undefined;
    vcenter.tell(1, '');
    await clock.advance(20_000);
    expect(connection.status.kind).toBe('Ready');
  });

  test('waits as long as it says, with 503', async () => {
    await ready();
    vcenter.failure = new VsphereError('Unavailable', 'no', 'Refused', { retryAfterMs: 300_000 });
    vcenter.breakOff();
    await clock.advance(60_000);
    const { connects } = vcenter;
    await clock.advance(230_000);
    expect(vcenter.connects).toBe(connects);
    await clock.advance(30_000);
    expect(vcenter.connects).toBe(connects + 1);
  });

  test('and refuses the login is not asked again soon: the account would be locked', async () => {
    await ready();
    vcenter.failure = failing('InvalidLogin');
    vcenter.breakOff();
    await clock.advance(60_000);
    const { connects } = vcenter;
    await clock.advance(20 * 60_000);
    expect(vcenter.connects).toBe(connects);
  });
});

test.each(['NotVCenter', 'TLSUntrusted', 'FingerprintMismatch', 'Forbidden', 'VersionUnsupported'])(
  'a first contact that fails with %s is not repeated for half an hour',
  async (code) => {
    vcenter.failure = failing(code);
    await clock.advance(23 * 60_000);
    expect(connection.status).toMatchObject({ kind: 'Failed', error: { code } });
    expect(vcenter.connects).toBe(1);
    await clock.advance(15 * 60_000);
    expect(vcenter.connects).toBe(2);
  },
);
