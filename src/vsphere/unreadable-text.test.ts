import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Element, element, reference, textOf, val } from '../../test/fuzz/element';
import { MARK, machineRead, machineUpdate } from '../../test/fuzz/objects';
import { rawByte, ScriptedVCenter } from '../../test/fuzz/scripted-vcenter';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import type { ManagedObjectReference, VCenterConnection, Work, WorkOutcome } from '.';
import { connectVCenter, staticCredentials, unreadableValueChannel } from '.';
import { SoapCodec } from './transport/soap/soap-codec';
import { vim25Codec } from './transport/vim25-codec';

const NEVER = new AbortController().signal;
const soapCodec = new SoapCodec('https://scripted/sdk');
const ref = (value: string): ManagedObjectReference => ({ type: 'VirtualMachine', value });

// It reads its WSDL at its first call.
beforeAll(async () => {
  await new ScriptedVCenter(soapCodec)
    .invoke('RetrievePropertiesEx', ref('pc'), { specSet: [], options: {} }, { operationId: 'first', signal: NEVER })
    .catch(() => undefined);
});

let counted: number;
const count = () => {
  counted += 1;
};
beforeEach(() => {
  counted = 0;
  unreadableValueChannel.subscribe(count);
});
afterEach(() => {
  unreadableValueChannel.unsubscribe(count);
});

/** None of these is XML 1.0, or none is UTF-8. */
const TEXTS = [
  ['a reference to NUL', 'web&#0;'],
  ['a reference to ESC', 'web&#x1b;[2J'],
  ['a reference to a noncharacter', 'web&#xFFFE;'],
  ['a reference to half of a surrogate pair', 'web&#xD800;'],
  ['a raw control character', 'we\x02b'],
  ['a raw NUL', 'web\0'],
  ['a noncharacter', 'web\uffff'],
  ['a byte that UTF-8 never has', `web${rawByte(0xff)}`],
  ['Latin-1', `gr${rawByte(0xf6)}${rawByte(0xdf)}e`],
  ['half of a surrogate pair in UTF-8', `w${rawByte(0xed)}${rawByte(0xa0)}${rawByte(0x80)}`],
] as const;

describe.each([
  ['https', vim25Codec],
  ['soap', soapCodec],
] as const)('R14: over %s a text', (_, codec) => {
  let clock: VirtualClock;
  let vcenter: ScriptedVCenter;
  let connection: VCenterConnection;
  let warnings: Readonly<Record<string, unknown>>[];
  const known = (value: string) => connection.inventory.virtualMachine(ref(value));

  beforeEach(async () => {
    clock = new VirtualClock();
    vcenter = new ScriptedVCenter(codec);
    warnings = [];
    const nothing = () => undefined;
    connection = connectVCenter({
      server: { host: 'scripted', port: 443 },
      credentials: staticCredentials({ userName: 'u', password: 'p' }),
      transport: vcenter,
      watchedExtraConfigKeys: [MARK],
      clock,
      random: () => 0.5,
      log: { info: nothing, error: nothing, warn: (__, fields = {}) => warnings.push(fields) },
    });
    void connection.run(NEVER);
    vcenter.tell(1, ['vm-a', 'vm-b', 'vm-c'].map((machine) => textOf(machineUpdate('enter', machine, 1))).join(''));
    for (let turn = 0; turn < 100 && connection.status.kind !== 'Ready'; turn += 1) await settle();
    expect(connection.status.kind).toBe('Ready');
  });

  /** All three machines get two CPUs, and vm-b a name besides; between them stands what else is told. */
  async function tellAll(name: string): Promise<void> {
    const told = ['vm-a', 'vm-b', 'vm-c'].map((machine) =>
      textOf(machineUpdate('modify', machine, 2)).replace('>v2<', '>v1<'),
    );
    told[1] = told[1]?.replace('>vm-b</val>', `>${name}</val>`) ?? '';
    vcenter.tell(1, told.join(''));
    await clock.advance(100);
  }

  test.each(TEXTS)('with %s costs its own value only, is counted, and is logged once', async (__, text) => {
    const before = known('vm-b');
    await tellAll(text);
    await tellAll(text);
    expect(connection.status.kind).toBe('Ready');
    expect(known('vm-b')).toEqual({ ...before, numCpu: 2, unreadable: true });
    for (const machine of ['vm-a', 'vm-c']) {
      expect(known(machine)).toMatchObject({ name: machine, numCpu: 2 });
      expect(known(machine)).not.toHaveProperty('unreadable');
    }
    expect(counted).toBe(2);
    expect(warnings).toEqual([
      {
        server: 'scripted:443',
        object: 'VirtualMachine:vm-b',
        path: 'name',
        found: expect.stringContaining('the server sent a text that cannot be read'),
      },
    ]);
    await tellAll('vm-b');
    expect(known('vm-b')).toEqual({ ...before, numCpu: 2 });
  });

  test.each(TEXTS)('with %s in a live read costs its own value only', async (__, text) => {
    const objects = (machine: string) => textOf(machineRead(machine, 3));
    vcenter.read = (refs) =>
      refs
        .map(({ value }) =>
          value === 'vm-b' ? objects(value).replace('>vm-b</val>', `>${text}</val>`) : objects(value),
        )
        .join('');
    const version = (machine: string) =>
      `<objectSet><kind>modify</kind><obj type="VirtualMachine">${machine}</obj><changeSet><name>config.changeVersion</name>` +
      '<op>assign</op><val xsi:type="xsd:string">v9</val></changeSet></objectSet>';
    vcenter.tell(1, ['vm-a', 'vm-b', 'vm-c'].map(version).join(''));
    await clock.advance(100);
    expect(['vm-a', 'vm-b', 'vm-c'].map((machine) => known(machine)?.numCpu)).toEqual([3, 3, 3]);
    expect(known('vm-b')).toMatchObject({ name: 'vm-b', unreadable: true });
  });

  test.each([
    [
      'name',
      (text: string) => `<changeSet><name>${text}</name><op>assign</op><val xsi:type="xsd:int">7</val></changeSet>`,
    ],
    ['kind', (text: string) => `<kind>${text}</kind>`],
    [
      'op',
      (text: string) => `<changeSet><name>name</name><op>${text}</op><val xsi:type="xsd:string">vm-b</val></changeSet>`,
    ],
    [
      'type of a value',
      (text: string) => `<changeSet><name>name</name><op>assign</op><val xsi:type="${text}">x</val></changeSet>`,
    ],
    ['type of a reference', (text: string) => `<obj type="${text}">vm-b</obj>`],
    ['path of a missing property', (text: string) => `<missingSet><path>${text}</path></missingSet>`],
    [
      'message of a missing property',
      (text: string) =>
        `<missingSet><path>name</path><fault><fault xsi:type="NoPermission"/><localizedMessage>${text}</localizedMessage></fault></missingSet>`,
    ],
    [
      'attribute that means nothing',
      (text: string) => `<changeSet id="${text}"><name>name</name><op>assign</op></changeSet>`,
    ],
    ['element that means nothing', (text: string) => `<more>${text}</more>`],
    ['blank between elements', (text: string) => text],
  ])('that cannot be read as the %s of an object costs that object only', async (__, inside) => {
    for (const [, text] of TEXTS) {
      vcenter.read = (refs) => refs.map(({ value }) => textOf(machineRead(value, 4))).join('');
      const damaged = `<objectSet><kind>modify</kind><obj type="VirtualMachine">vm-b</obj>${inside(text)}</objectSet>`;
      const update = (machine: string) => textOf(machineUpdate('modify', machine, 4));
      vcenter.tell(1, update('vm-a') + damaged + update('vm-c'));
      await clock.advance(100);
      expect(connection.status.kind, text).toBe('Ready');
      for (const machine of ['vm-a', 'vm-c']) expect(known(machine), text).toMatchObject({ numCpu: 4 });
    }
  });

  test.each(TEXTS)('with %s in a task keeps nobody from seeing it end', async (__, text) => {
    const outcome = await endOfTask(
      [
        element('key', 'BAD'),
        element('entityName', 'BAD'),
        element('queueTime', 'BAD'),
        element('progress', 'BAD'),
        element('eventChainId', 'BAD'),
        element('reason', [element('userName', 'BAD')], { 'xsi:type': 'TaskReasonUser' }),
        element('state', 'error'),
        element('error', [
          element('fault', [element('datastore', 'BAD')], { 'xsi:type': 'NoDiskSpace' }),
          element('localizedMessage', 'BAD'),
        ]),
      ],
      text,
    );
    expect(outcome).toMatchObject({ kind: 'Failed', failure: { code: 'NoDiskSpace' } });
  });

  async function endOfTask(info: readonly Element[], text: string): Promise<WorkOutcome | undefined> {
    let outcome: WorkOutcome | undefined;
    const nothing = () => undefined;
    const work: Work = {
      key: 'k',
      lane: 'Clone',
      mayStart: () => true,
      onSent: nothing,
      onTask: nothing,
      onEnd: (end) => {
        outcome = end;
      },
      send: async () => ({ type: 'Task', value: 'task-1' }),
    };
    connection.dispatcher.replaceWaiting('owner', [work]);
    await clock.advance(1_000);
    const update = element('objectSet', [
      element('kind', 'enter'),
      reference('obj', 'Task', 'task-1'),
      element('changeSet', [element('name', 'info'), element('op', 'assign'), val('TaskInfo', info)]),
    ]);
    vcenter.tell(3, textOf(update).replaceAll('BAD', text));
    await clock.advance(1_000);
    return outcome;
  }
});

describe('R14: a number', () => {
  test.each(['0x10', '1e3', '1.5', '2147483648', '-2147483649', 'INF', 'NaN', '', ' ', '1 2', '１'])(
    'that is none of xsd:int is unreadable: "%s"',
    async (text) => {
      await expect(decodedInt(text)).resolves.toHaveProperty('found');
    },
  );

  test.each([
    ['-0', 0],
    [' 7 ', 7],
    ['+7', 7],
    ['-2147483648', -2147483648],
  ])('that is one is read: "%s"', async (text, value) => {
    expect(await decodedInt(text)).toBe(value);
  });

  async function decodedInt(text: string): Promise<unknown> {
    const vcenter = new ScriptedVCenter(vim25Codec);
    vcenter.read = () =>
      `<objects><obj type="VirtualMachine">vm-a</obj><propSet><name>n</name><val xsi:type="xsd:int">${text}</val></propSet></objects>`;
    const call = { operationId: 'test', signal: NEVER };
    const read = await vcenter.invoke('RetrievePropertiesEx', ref('pc'), { specSet: [], options: {} }, call);
    return read?.objects[0]?.propSet?.[0]?.val;
  }
});
