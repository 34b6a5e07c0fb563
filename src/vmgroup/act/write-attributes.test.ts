import { describe, expect, test } from 'vitest';
import { anActContext, answering } from '../../../test/support/builders/acts';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { CUSTOM_ATTRIBUTES_KEY, customAttributesRecord } from '../../api/custom-attributes';
import type { CustomField, LiveVirtualMachine, VimClient } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { attributePartOf } from '../model/attributes';
import { workFor } from './act';
import { attributeRecordsOfClone } from './write-attributes';

const DEFINED: readonly CustomField[] = [
  { key: 1, name: 'owner' },
  { key: 2, name: 'stage' },
];
const replica = aReplica(aGroup(), { ordinal: 0 });
const live: LiveVirtualMachine = { ...replica.machine, disks: [] };
const uuid = live.instanceUuid ?? '';
const record = (...names: string[]) => customAttributesRecord(names, uuid);
const specOf = (wanted: Readonly<Record<string, string>>) => ({
  customAttributes: Object.entries(wanted).map(([name, value]) => ({ name, value })),
});

interface Machine {
  readonly record?: Readonly<Record<string, string>>;
  readonly values?: readonly (readonly [number, string])[] | 'gone';
  readonly defined?: readonly CustomField[];
  readonly calls?: Partial<VimClient>;
  readonly isAllowed?: boolean;
  readonly wasPrepared?: boolean;
}

/** What is sent to a machine of a group that asks for this. */
async function written(wanted: Readonly<Record<string, string>>, machine: Machine = {}) {
  const sent: unknown[] = [];
  const { values = [], defined = DEFINED } = machine;
  const group = aGroup(specOf(wanted));
  const action: VCenterAction = {
    kind: 'WriteAttributes',
    replica,
    parts: [attributePartOf('customAttributes', group.spec)],
  };
  const context = anActContext(
    {
      readVirtualMachine: answering(live),
      readExtraConfig: answering(new Map([[live.ref.value, machine.record ?? {}]])),
      readCustomFields: answering(defined),
      readCustomValues: answering(values === 'gone' ? undefined : new Map(values)),
      setCustomValue: async (_ref, key, value) => void sent.push(`${key}=${value}`),
      reconfigure: async (_ref, { extraConfig }) => {
        sent.push(extraConfig);
        return { type: 'Task', value: 'task-1' };
      },
      ...machine.calls,
    },
    {
      group,
      isAllowed: () => machine.isAllowed ?? true,
      preparesOnly: () => !machine.wasPrepared && sent.push('prepared only') > 0,
    },
  );
  await workFor(action, context).send(new AbortController().signal);
  return sent;
}

describe('a machine that exists', () => {
  test('R7: is told first, by its record, what it will be given', async () => {
    expect(await written({ owner: 'web', stage: 'x' })).toEqual(['prepared only', record('owner', 'stage')]);
  });

  test('R8: is not told so again at once if it does not keep its record', async () => {
    await expect(written({ owner: 'web' }, { wasPrepared: true })).rejects.toMatchObject({
      code: 'RecordNotKept',
      message: expect.stringContaining('codeconnect.customAttributes'),
    });
  });

  test('then gets what differs, and its record stays', async () => {
    const given = record('owner', 'stage');
    expect(await written({ owner: 'web', stage: 'x' }, { record: given, values: [[2, 'x']] })).toEqual(['1=web']);
  });

  test('R4: gets nothing when it has all', async () => {
    expect(await written({ owner: 'web' }, { record: record('owner'), values: [[1, 'web']] })).toEqual([]);
    expect(await written({}, { values: [[1, 'web']] })).toEqual([]);
  });

  test('loses what it was given and should not have, and then the record of it', async () => {
    const machine: Machine = {
      record: record('owner', 'stage'),
      values: [
        [1, 'web'],
        [2, 'x'],
      ],
    };
    expect(await written({ owner: 'web' }, machine)).toEqual(['2=', record('owner')]);
    expect(await written({}, machine)).toEqual(['1=', '2=', { [CUSTOM_ATTRIBUTES_KEY]: '' }]);
    expect(await written({}, { record: record('owner'), values: [[1, '']] })).toEqual([
      { [CUSTOM_ATTRIBUTES_KEY]: '' },
    ]);
  });

  test('R1: keeps what the template or a person gave it, also if the spec asked for the same', async () => {
    expect(
      await written(
        { owner: 'web' },
        {
          values: [
            [1, 'web'],
            [2, 'x'],
          ],
        },
      ),
    ).toEqual([]);
    const copied = customAttributesRecord(['stage'], uuid.replace(/^.{8}/, 'ffffffff'));
    expect(await written({}, { record: copied, values: [[2, 'x']] })).toEqual([]);
  });

  test('R1: without our marks is given nothing', async () => {
    const calls = { readVirtualMachine: answering({ ...live, extraConfig: {} }) };
    await expect(written({ owner: 'web' }, { calls })).rejects.toMatchObject({ code: 'OwnershipUnproven' });
  });

  test('that is gone by now needs nothing', async () => {
    expect(await written({ owner: 'web' }, { values: 'gone' })).toEqual([]);
    expect(await written({ owner: 'web' }, { calls: { readVirtualMachine: answering(undefined) } })).toEqual([]);
  });

  test('R14: whose configuration is not told is left alone', async () => {
    const calls = { readExtraConfig: answering(new Map()) };
    await expect(written({ owner: 'web' }, { calls })).rejects.toMatchObject({ code: 'HostDisconnected' });
  });

  test('R15: is given nothing once the rules have changed', async () => {
    await expect(written({ owner: 'web' }, { isAllowed: false })).rejects.toMatchObject({ code: 'RulesChanged' });
  });
});

describe('a name', () => {
  test('that vCenter does not define is told with the remedy, and nothing is sent', async () => {
    await expect(written({ owner: 'web', color: 'red' })).rejects.toMatchObject({
      code: 'CustomAttributeNotFound',
      message:
        'vCenter defines no custom attribute "color" for virtual machines: define it there, or take it out of spec.customAttributes',
    });
  });

  test('that two definitions have is told with the remedy', async () => {
    const defined = [...DEFINED, { key: 3, name: 'owner' }];
    await expect(written({ owner: 'web' }, { defined })).rejects.toMatchObject({
      code: 'CustomAttributeAmbiguous',
      message: expect.stringContaining('more than one custom attribute "owner": rename all but one'),
    });
  });

  test('whose definition is gone has no value left to clear', async () => {
    const machine: Machine = { record: record('owner', 'color'), values: [[1, 'web']] };
    expect(await written({ owner: 'web' }, machine)).toEqual([record('owner')]);
  });
});

describe('a clone', () => {
  const call = { operationId: 'x', signal: new AbortController().signal };

  test('is not made without the definitions, and reads none for a group without attributes', async () => {
    const calls = callsOf({ readCustomFields: answering(DEFINED) });
    await expect(attributeRecordsOfClone(specOf({ color: 'red' }), uuid, calls, call)).rejects.toMatchObject({
      code: 'CustomAttributeNotFound',
    });
    expect(await attributeRecordsOfClone({}, uuid, callsOf({}), call)).toEqual({});
  });

  test('has the record of what it will be given', async () => {
    const calls = callsOf({ readCustomFields: answering(DEFINED) });
    expect(await attributeRecordsOfClone(specOf({ owner: 'web' }), uuid, calls, call)).toEqual(record('owner'));
  });
});
