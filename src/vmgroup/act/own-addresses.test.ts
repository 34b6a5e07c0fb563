import { describe, expect, test } from 'vitest';
import { anActContext, sent } from '../../../test/support/builders/acts';
import { aGroup } from '../../../test/support/builders/observation';
import { networkRecord } from '../../api/network-record';
import { slotRevisionOf } from '../../api/slot-revision';
import type { AdapterAddress } from '../../api/static-addresses';
import type { AddressHolder, VCenterAction } from '../model/action';
import { workFor } from './act';

const group = aGroup({
  networks: [{ name: 'lan', network: 'VM Network', addresses: ['10.0.0.10/24', '10.0.0.11/24'] }],
});
const former: AddressHolder = { ref: { type: 'VirtualMachine', value: 'vm-9' }, name: 'web-replica-old' };

function aCloneOf(ordinal: number, addressHolders: readonly AddressHolder[]): VCenterAction {
  const ref = { type: 'VirtualMachine', value: 'x' };
  const slot = { ordinal, revision: slotRevisionOf(group.spec, ordinal) };
  return { kind: 'Clone', slot, template: ref, folder: ref, resourcePool: ref, again: false, addressHolders };
}

/** Sends a clone while the former machine has these addresses; undefined: vCenter tells nothing of it. */
async function cloning(ordinal: number, record: readonly AdapterAddress[] | undefined) {
  const learned: unknown[] = [];
  const context = anActContext(
    {
      readExtraConfig: async () => new Map(record && [[former.ref.value, networkRecord(record)]]),
      cloneVirtualMachine: async () => ({ type: 'Task', value: 'task-1' }),
    },
    { group, learnedAddresses: (machine, adapters) => learned.push([machine.value, adapters]) },
  );
  const work = workFor(aCloneOf(ordinal, [former]), context);
  return { learned, task: await work.send(new AbortController().signal) };
}

describe('a clone of a group with static addresses', () => {
  test('is not sent for an ordinal that has no entry, and says what to do', async () => {
    const context = anActContext({}, { group });
    const work = workFor(aCloneOf(2, []), context);
    await expect(work.send(new AbortController().signal)).rejects.toMatchObject({
      code: 'NoAddressLeft',
      outcome: 'NotSent',
      message:
        'spec.networks[lan].addresses has 2 entries, and ordinal 2 needs entry 3: add addresses, or lower spec.replicas or maxSurge',
    });
  });

  test('waits while a machine of an older spec holds its address', async () => {
    await expect(cloning(1, [{ network: 'former', address: '10.0.0.11/16' }])).rejects.toMatchObject({
      code: 'AddressInUse',
      outcome: 'NotSent',
      message: expect.stringContaining('address 10.0.0.11/24 of network lan is held by web-replica-old'),
    });
  });

  test('R1: waits while vCenter does not tell what such a machine holds', async () => {
    await expect(cloning(1, undefined)).rejects.toMatchObject({ code: 'AddressInUse', outcome: 'NotSent' });
  });

  test('is sent when such machines hold others, and the next plan knows which', async () => {
    const record = [{ network: 'lan', address: '10.0.0.99/24' }];
    const { task, learned } = await cloning(1, record);
    expect(task).toMatchObject({ value: 'task-1' });
    expect(learned).toEqual([['vm-9', record]]);
  });
});

test('R4: a group without static addresses makes no read for them', async () => {
  const { addressHolders: _, ...plain } = aCloneOf(0, []) as Extract<VCenterAction, { kind: 'Clone' }>;
  const { result } = await sent(plain, { cloneVirtualMachine: async () => ({ type: 'Task', value: 'task-1' }) });
  expect(result).toMatchObject({ value: 'task-1' });
});
