import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Element, element, textOf, val } from '../../test/fuzz/element';
import { MARK, machineRead, machineUpdate } from '../../test/fuzz/objects';
import { ScriptedVCenter } from '../../test/fuzz/scripted-vcenter';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import type { ManagedObjectReference, VCenterConnection } from '.';
import { connectVCenter, staticCredentials, unreadableValueChannel } from '.';
import { vim25Codec } from './transport/vim25-codec';

const MARK_PATH = `config.extraConfig["${MARK}"].value`;
const B: ManagedObjectReference = { type: 'VirtualMachine', value: 'vm-b' };

let clock: VirtualClock;
let vcenter: ScriptedVCenter;
let connection: VCenterConnection;
let warnings: Readonly<Record<string, unknown>>[];
let counted: number;
const count = () => {
  counted += 1;
};

beforeEach(async () => {
  clock = new VirtualClock();
  vcenter = new ScriptedVCenter(vim25Codec);
  warnings = [];
  counted = 0;
  unreadableValueChannel.subscribe(count);
  const nothing = () => undefined;
  connection = connectVCenter({
    server: { host: 'scripted', port: 443 },
    credentials: staticCredentials({ userName: 'u', password: 'p' }),
    transport: vcenter,
    watchedExtraConfigKeys: [MARK],
    clock,
    random: () => 0.5,
    log: { info: nothing, error: nothing, warn: (_, fields = {}) => warnings.push(fields) },
  });
  void connection.run(new AbortController().signal);
  await sync('vm-a', 'vm-b', 'vm-c');
});

afterEach(() => {
  unreadableValueChannel.unsubscribe(count);
});

/** The first page of a stream. */
async function sync(...machines: readonly string[]): Promise<void> {
  vcenter.tell(1, machines.map((machine) => textOf(machineUpdate('enter', machine, 1))).join(''));
  for (let turn = 0; turn < 100 && connection.status.kind !== 'Ready'; turn += 1) await settle();
  expect(connection.status.kind).toBe('Ready');
}

async function change(path: string, value: string, kind = 'modify'): Promise<void> {
  const name = path.replaceAll('"', '&quot;');
  vcenter.tell(
    1,
    `<objectSet><kind>${kind}</kind><obj type="VirtualMachine">vm-b</obj><changeSet><name>${name}</name><op>assign</op>${value}</changeSet></objectSet>`,
  );
  await clock.advance(100);
}

const machine = () => connection.inventory.virtualMachine(B);

describe('R14: a value that cannot be read', () => {
  test.each([
    [MARK_PATH, '<val xsi:type="ArrayOfString"><string>U</string></val>', 'a list does not belong there'],
    ['runtime.powerState', '<val xsi:type="VirtualMachinePowerState">asleep</val>', 'the string "asleep" does'],
    ['config.hardware.numCPU', '<val xsi:type="xsd:int">NaN</val>', 'the server sent "NaN" as a value of type int'],
    ['config.hardware.numCPU', '<val xsi:type="xsd:double">NaN</val>', 'the number "NaN" does not belong there'],
    ['name', '<val xsi:type="xsd:string"/>', 'the string "" does not belong there'],
    ['parent', '<val xsi:type="TypeOfTomorrow"><a>1</a></val>', 'a TypeOfTomorrow does not belong there'],
  ])('of %s leaves what was known, and is logged once: %s', async (path, value, found) => {
    const before = machine();
    await change(path, value);
    await change(path, value);
    expect(machine()).toEqual({ ...before, unreadable: true });
    expect(warnings).toEqual([
      { server: 'scripted:443', object: 'VirtualMachine:vm-b', path, found: expect.stringContaining(found) },
    ]);
    expect(counted).toBe(2);
  });

  test('is forgotten with the next one that can be read', async () => {
    await change(MARK_PATH, '<val xsi:type="ArrayOfString"/>');
    await change(MARK_PATH, '<val xsi:type="xsd:string">V</val>');
    expect(machine()).toMatchObject({ extraConfig: { [MARK]: 'V' } });
    expect(machine()).not.toHaveProperty('unreadable');
  });

  test('of a whole machine leaves that alone as it was: what else is left out is unset', async () => {
    const whole = machineUpdate('enter', 'vm-b', 1);
    const changes = (whole.content as readonly Element[]).flatMap((change) => {
      const text = textOf(change);
      if (text.includes('config.instanceUuid')) return [];
      return [text.includes(MARK) ? text.replace('xsd:string', 'ArrayOfString') : text];
    });
    vcenter.tell(1, `<objectSet>${changes.join('')}</objectSet>`);
    await clock.advance(100);
    expect(machine()).toMatchObject({ name: 'vm-b', extraConfig: { [MARK]: 'U' }, unreadable: true });
    expect(machine()).not.toHaveProperty('instanceUuid');
  });
});

describe('R14: an update', () => {
  test('of an unknown kind makes the machine be read', async () => {
    vcenter.read = () => textOf(machineRead('vm-b', 7));
    await change('config.hardware.numCPU', textOf(val('xsd:int', '3')), 'replace');
    expect(machine()?.numCpu).toBe(7);
  });

  test('with a property that has no name makes the machine be read', async () => {
    vcenter.read = () => textOf(machineRead('vm-b', 7));
    await change('', textOf(val('xsd:int', '3')));
    expect(machine()?.numCpu).toBe(7);
    expect(machine()).not.toHaveProperty('unreadable');
  });

  test('that a property is not to be seen leaves it as it was', async () => {
    const missing = (fault: string) =>
      `<objectSet><kind>modify</kind><obj type="VirtualMachine">vm-b</obj><missingSet>` +
      `<path>config.instanceUuid</path><fault>${textOf(element('fault', [], { 'xsi:type': fault }))}</fault></missingSet></objectSet>`;
    vcenter.tell(1, missing('InvalidProperty'));
    await clock.advance(100);
    expect(machine()).not.toHaveProperty('unreadable');
    vcenter.tell(1, missing('NoPermission'));
    await clock.advance(100);
    expect(machine()).toMatchObject({ instanceUuid: '5000-vm-b', unreadable: true });
    expect(counted).toBe(0);
  });
});

describe('R14: an object without a reference', () => {
  const nobody = '<objectSet><kind>enter</kind></objectSet>';

  test('in a sync lets nobody go of whom vCenter does not say so', async () => {
    vcenter.breakOff();
    await settle();
    vcenter.read = (refs) =>
      refs.flatMap(({ value }) => (value === 'vm-b' ? textOf(machineRead('vm-b', 1)) : [])).join('');
    vcenter.tell(1, textOf(machineUpdate('enter', 'vm-a', 1)) + nobody);
    await clock.advance(1_000);
    expect(connection.status.kind).toBe('Ready');
    expect([...connection.inventory.virtualMachines()].map(({ ref }) => ref.value)).toEqual(['vm-a', 'vm-b']);
  });

  test('in the answer of a read lets nobody go', async () => {
    vcenter.read = () => '<objects/>';
    await change('config.changeVersion', '<val xsi:type="xsd:string">v9</val>');
    expect(machine()).toBeDefined();
    vcenter.read = () => '';
    await change('config.changeVersion', '<val xsi:type="xsd:string">v10</val>');
    expect(machine()).toBeUndefined();
  });
});
