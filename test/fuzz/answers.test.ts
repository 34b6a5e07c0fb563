import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/time/random';
import { connectVCenter, type ManagedObjectReference, staticCredentials } from '../../src/vsphere';
import type { Codec } from '../../src/vsphere/transport/codec';
import { SoapCodec } from '../../src/vsphere/transport/soap/soap-codec';
import { vim25Codec } from '../../src/vsphere/transport/vim25-codec';
import { settle, VirtualClock } from '../support/time/virtual-clock';
import { damaged } from './damage';
import { textOf } from './element';
import { DAMAGEABLE, MARK, machineRead, machineReadWithMissing, machineUpdate, ORDINAL } from './objects';
import { ScriptedVCenter } from './scripted-vcenter';

const NEVER = new AbortController().signal;
const CORPUS = path.join(__dirname, 'corpus');
/** Each takes some 3 ms. */
const ROUNDS = 400;
const ref = (value: string): ManagedObjectReference => ({ type: 'VirtualMachine', value });
const damage = (file: string) => readFileSync(path.join(CORPUS, file), 'utf8');
const soapCodec = new SoapCodec('https://scripted/sdk');
/** The package itself reads no element that is named as a part of every JavaScript object, and we hand it no deep ones. */
const BEYOND_SOAP = /<(constructor|toString|__proto__)\b|(<a>){100}/;

/** The files of the corpus that begin so, without those that the codec cannot read for a reason of its own. */
function saved(codec: Codec, ...prefixes: readonly string[]): readonly string[] {
  return readdirSync(CORPUS)
    .filter((file) => prefixes.some((prefix) => file.startsWith(prefix)))
    .filter((file) => codec !== soapCodec || !BEYOND_SOAP.test(damage(file)));
}

// It reads its WSDL at its first call.
beforeAll(async () => {
  await new ScriptedVCenter(soapCodec)
    .invoke('RetrievePropertiesEx', ref('pc'), { specSet: [], options: {} }, { operationId: 'first', signal: NEVER })
    .catch(() => undefined);
});

/** A connection that knows the machines vm-a, vm-b and vm-c; vm-b is the one that is damaged. */
async function connected(codec: Codec) {
  const clock = new VirtualClock();
  const vcenter = new ScriptedVCenter(codec);
  const warnings: unknown[] = [];
  const connection = connectVCenter({
    server: { host: 'scripted', port: 443 },
    credentials: staticCredentials({ userName: 'u', password: 'p' }),
    transport: vcenter,
    watchedExtraConfigKeys: [MARK, ORDINAL],
    clock,
    random: () => 0.5,
    log: {
      info: () => undefined,
      warn: (...told) => warnings.push(told),
      error: (...told) => {
        throw new Error(JSON.stringify(told));
      },
    },
  });
  const lost: string[] = [];
  connection.onStatus(({ kind }) => lost.push(kind));
  void connection.run(new AbortController().signal);
  let cpu = 1;
  const told = () => `vm-a and vm-c have ${cpu} CPUs`;
  const seen = () => {
    const known = (value: string) => connection.inventory.virtualMachine(ref(value));
    const isApplied = ['vm-a', 'vm-c'].every(
      (value) => known(value)?.numCpu === cpu && known(value)?.unreadable !== true,
    );
    return isApplied && connection.status.kind === 'Ready' ? told() : { status: connection.status, a: known('vm-a') };
  };
  const objects = (update: (value: string) => string, middle: string) => update('vm-a') + middle + update('vm-c');
  const tell = async (filter: 1 | 2 | 3 | 4, middle: string) => {
    cpu += 1;
    const own = (value: string) => textOf(machineUpdate('modify', value, cpu));
    vcenter.read = (refs) => refs.map(({ value }) => textOf(machineRead(value, cpu))).join('');
    if (filter === 1) vcenter.tell(1, objects(own, middle));
    else {
      vcenter.tell(filter, middle);
      vcenter.tell(1, objects(own, ''));
    }
    await clock.advance(100);
  };
  const answer = async (middle: string) => {
    cpu += 1;
    const isOurs = (value: string) => value === 'vm-b';
    vcenter.read = (refs) =>
      refs.map(({ value }) => (isOurs(value) ? middle : textOf(machineRead(value, cpu)))).join('');
    // As vcsim tells a change of the configuration: by its version alone.
    const version = (value: string) =>
      `<objectSet><kind>modify</kind><obj type="VirtualMachine">${value}</obj><changeSet><name>config.changeVersion</name>` +
      `<op>assign</op><val xsi:type="xsd:string">v${cpu}</val></changeSet></objectSet>`;
    vcenter.tell(1, objects(version, version('vm-b')));
    await clock.advance(100);
  };
  vcenter.tell(1, ['vm-a', 'vm-b', 'vm-c'].map((value) => textOf(machineUpdate('enter', value, cpu))).join(''));
  for (let turn = 0; turn < 100 && connection.status.kind !== 'Ready'; turn += 1) await settle();
  await clock.advance(1_000);
  expect(seen()).toBe(told());
  return { tell, answer, seen, told, warnings, connection };
}

describe.each([
  ['our codec', vim25Codec],
  ['node-vsphere-soap', soapCodec],
] as const)('R14: through %s one damaged object', (_, codec) => {
  test.each(saved(codec, 'update-', 'details-'))('in an answer of WaitForUpdatesEx stops nothing: %s', async (file) => {
    const { tell, seen, told } = await connected(codec);
    await tell(file.startsWith('details-') ? 4 : 1, damage(file));
    expect(seen()).toBe(told());
  });

  test.each(saved(codec, 'read-'))('in an answer of RetrievePropertiesEx stops nothing: %s', async (file) => {
    const { answer, seen, told } = await connected(codec);
    await answer(damage(file));
    expect(seen()).toBe(told());
  });
});

describe('R14: one object with damage made by chance', () => {
  test(`stops nothing in an answer of WaitForUpdatesEx: ${ROUNDS} rounds`, async () => {
    const { tell, seen, told } = await connected(vim25Codec);
    const kinds = DAMAGEABLE.flatMap(({ filter, objects }) => objects.map((object) => ({ filter, object })));
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const random = seededRandom(seed);
      const { filter, object } = kinds[seed % kinds.length] ?? kinds[0] ?? expect.unreachable();
      const xml = textOf(damaged(object, random));
      await tell(filter, xml);
      expect(seen(), `seed ${seed}: put this into corpus/: ${xml}`).toBe(told());
    }
  });

  test(`stops nothing in an answer of RetrievePropertiesEx: ${ROUNDS} rounds`, async () => {
    const { answer, tell, seen, told } = await connected(vim25Codec);
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const xml = textOf(damaged(machineReadWithMissing('vm-b', 2), seededRandom(seed)));
      await answer(xml);
      expect(seen(), `seed ${seed}: put this into corpus/: ${xml}`).toBe(told());
      if (seed % 50 === 0) await tell(1, textOf(machineUpdate('enter', 'vm-b', 2)));
    }
  });
});
