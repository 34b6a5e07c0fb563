import { describe, expect, test } from 'vitest';
import { answering } from '../../../test/support/builders/acts';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { TAGS_KEY, tagsRecord } from '../../api/tags';
import type { LiveVirtualMachine, Tag } from '../../vsphere/port';
import { tagChanges } from './tag-changes';

const { machine } = aReplica(aGroup(), { ordinal: 0 });
const live: LiveVirtualMachine = { ...machine, disks: [] };
const call = { operationId: 'x', signal: new AbortController().signal };
const STAGE = ['t:test', 't:live'];
const TEAM = ['t:web', 't:shop'];
const tag = (category: string, name: string, rest: Partial<Tag> = {}): Tag => ({
  ...{ id: `t:${name}`, category, name, isSingle: category === 'stage', isForMachines: true },
  ofCategory: category === 'stage' ? STAGE : TEAM,
  ...rest,
});
const KNOWN = [tag('stage', 'test'), tag('stage', 'live'), tag('team', 'web'), tag('team', 'shop')];

/** What a machine gets that has these tags by us and by others. */
async function changed(
  wanted: readonly string[],
  ours: readonly string[],
  others: readonly string[] = [],
  known = KNOWN,
) {
  const sent: string[] = [];
  const tags = wanted.map((path) => ({ category: path.split('/')[0] ?? '', name: path.split('/')[1] ?? '' }));
  const calls = callsOf({
    readTags: answering(known.filter((one) => tags.some((t) => t.name === one.name && t.category === one.category))),
    readAttachedTags: answering([...ours, ...others]),
    attachTag: async (_ref, id) => void sent.push(`+${id}`),
    detachTag: async (_ref, id) => void sent.push(`-${id}`),
  });
  const record = tagsRecord(ours, live.instanceUuid ?? '')[TAGS_KEY];
  const changes = await tagChanges({ tags }, live, record, calls, call);
  for (const step of changes.steps) await step(call);
  return { sent, ours: changes.ours };
}

describe('a machine', () => {
  test('gets the tags that it lacks, and keeps them', async () => {
    expect(await changed(['stage/test', 'team/web'], ['t:web'])).toEqual({
      sent: ['+t:test'],
      ours: ['t:test', 't:web'],
    });
  });

  test('loses first what it was given and should not have, for a category may allow one tag', async () => {
    expect(await changed(['stage/live'], ['t:test'])).toEqual({ sent: ['-t:test', '+t:live'], ours: ['t:live'] });
  });

  test('R1: keeps the tags of others, also one that the spec asked for', async () => {
    expect(await changed(['team/web'], [], ['t:web', 't:shop'])).toEqual({ sent: [], ours: [] });
    expect(await changed([], ['t:web'], ['t:shop'])).toEqual({ sent: ['-t:web'], ours: [] });
  });

  test('of a group without tags costs no request', async () => {
    const none = await tagChanges({}, live, undefined, callsOf({}), call);
    expect(none).toEqual({ recordKey: TAGS_KEY, given: [], ours: [], steps: [] });
  });
});

describe('a name is refused with the remedy, and nothing is sent,', () => {
  test.each<[string, readonly string[], RegExp, (readonly Tag[])?]>([
    ['TagNotFound', ['team/web', 'team/x', 'y/z'], /^tag "team\/x", "y\/z": vCenter has no such tag, or hides it/],
    ['TagAmbiguous', ['team/web'], /more than one such tag/, [...KNOWN, tag('team', 'web', { id: 't:2' })]],
    ['TagNotAttachable', ['team/web'], /not for virtual machines/, [tag('team', 'web', { isForMachines: false })]],
    ['TagCategorySingle', ['stage/test', 'stage/live'], /"stage\/test", "stage\/live": the category allows one tag/],
  ])('%s', async (code, wanted, message, known = KNOWN) => {
    await expect(changed(wanted, [], [], [...known])).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  test('TagCategorySingle: somebody gave the machine another tag of the category', async () => {
    await expect(changed(['stage/test'], [], ['t:live'])).rejects.toMatchObject({
      code: 'TagCategorySingle',
      message: expect.stringContaining('has another tag of the category that the operator did not give it'),
    });
  });
});
