import { beforeEach, describe, expect, test } from 'vitest';
import { anActContext } from '../../../test/support/builders/acts';
import { callsOf } from '../../../test/support/builders/calls';
import { aGroup, aReplica } from '../../../test/support/builders/observation';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { VimClient } from '../../vsphere/port';
import { silentLog } from '../../vsphere/session/log';
import { WorkDispatcher } from '../../vsphere/task/dispatcher';
import type { VCenterAction } from '../model/action';
import { workFor } from './act';
import type { ActContext } from './act-context';

const ref = (type: string, value: string) => ({ type, value });
/** Where the files of each machine are, by the beginning of its reference. */
const DATASTORES: Readonly<Record<string, readonly string[]>> = {
  'hung-': ['hung'],
  'both-': ['hung', 'healthy'],
  'healthy-': ['healthy'],
};

const aContext = (rest: Partial<ActContext> = {}): ActContext =>
  anActContext(
    {},
    {
      datastoresOf: ({ value }) =>
        Object.entries(DATASTORES).flatMap(([start, names]) =>
          value.startsWith(start) ? names.map((name) => ref('Datastore', name)) : [],
        ),
      knownDatastores: [ref('Datastore', 'hung'), ref('Datastore', 'healthy')],
      isClaimed: () => true,
      ...rest,
    },
  );

const cloneOf = (template: string, ordinal = 0, datastore?: string): VCenterAction => ({
  kind: 'Clone',
  slot: { ordinal, revision: 'r' },
  template: ref('VirtualMachine', template),
  folder: ref('Folder', 'f'),
  resourcePool: ref('ResourcePool', 'p'),
  ...(datastore !== undefined && { datastore: ref('Datastore', datastore) }),
  again: false,
});
const onMachine = (kind: 'PowerOn' | 'PowerOff' | 'Destroy', machine: string): VCenterAction => ({
  kind,
  replica: aReplica(aGroup(), { ordinal: 0 }, { ref: ref('VirtualMachine', machine) }),
});

describe('R9: work counts for the share', () => {
  const of = (action: VCenterAction, rest: Partial<ActContext> = {}) => workFor(action, aContext(rest)).datastores;

  test('of the datastore that the spec names, else of those of the template', () => {
    expect(of(cloneOf('hung-template', 0, 'healthy'))).toEqual(['healthy']);
    expect(of(cloneOf('hung-template'))).toEqual(['hung']);
    expect(of(cloneOf('both-template'))).toEqual(['hung', 'healthy']);
  });

  test('of one datastore that nobody knows by name, where the template does not tell its own', () => {
    expect(of(cloneOf('x', 0))).toEqual(of(cloneOf('x', 1)));
    expect(of(cloneOf('x'))).not.toEqual(of(cloneOf('y')));
  });

  test('of its own datastore, if a template is seen before the second datastore of the vCenter', () => {
    expect(of(cloneOf('hung-template'), { knownDatastores: [ref('Datastore', 'healthy')] })).toEqual(['hung']);
  });

  test.each(['PowerOn', 'PowerOff', 'Destroy'] as const)('of the datastores of the machine: %s', (kind) => {
    expect(of(onMachine(kind, 'hung-1'))).toEqual(['hung']);
    expect(of(onMachine(kind, 'both-1'))).toEqual(['hung', 'healthy']);
  });

  test('of none if there is one datastore only, or no machine', () => {
    expect(of(cloneOf('hung-template'), { knownDatastores: [ref('Datastore', 'hung')] })).toBeUndefined();
    expect(of(cloneOf('x'), { knownDatastores: [ref('Datastore', 'hung')] })).toBeUndefined();
    expect(of({ kind: 'DestroyFolder', folder: ref('Folder', 'f') })).toEqual([]);
  });
});

describe('R9: a datastore that hangs leaves room', () => {
  let clock: VirtualClock;
  let sent: string[];
  let dispatcher: WorkDispatcher;

  beforeEach(() => {
    clock = new VirtualClock();
    sent = [];
    const forever = { mayStart: () => true, followTask: () => undefined, clock, log: silentLog };
    dispatcher = new WorkDispatcher({ maxConcurrentTasks: 16, ...forever });
  });

  /** None of the tasks ends. */
  function add(name: string, actions: readonly VCenterAction[]): void {
    const group = aGroup({}, { metadata: { ...aGroup().metadata, name, uid: name } });
    const task = async () => ref('Task', 't');
    const calls: Partial<VimClient> = { cloneVirtualMachine: task, powerOn: task };
    const context = aContext({ group, calls: callsOf(calls), sent: () => sent.push(name) });
    dispatcher.replaceWaiting(
      name,
      actions.map((action) => workFor(action, context)),
    );
  }

  const slots = Array.from({ length: 20 }, (_, ordinal) => ordinal);

  test.each([
    ['different templates', (group: number, ordinal: number) => cloneOf(`hung-template-${group}`, ordinal)],
    [
      'templates, and by name',
      (group: number, ordinal: number) =>
        group === 0 ? cloneOf('healthy-template', ordinal, 'hung') : cloneOf('hung-template', ordinal),
    ],
    [
      'machines that lie on another one too',
      (group: number, ordinal: number) => cloneOf(group === 0 ? 'both-template' : 'hung-template', ordinal),
    ],
  ])('to clones on another one, whichever way groups use it: %s', async (_, hangs) => {
    for (const group of [0, 1, 2])
      add(
        `stuck-${group}`,
        slots.map((ordinal) => hangs(group, ordinal)),
      );
    await clock.advance(1_000);
    add('other', [cloneOf('other-template')]);
    await clock.advance(0);
    expect(sent).toContain('other');
    expect(sent.filter((name) => name !== 'other')).toHaveLength(12);
  });

  test('to clones of templates that lie where the template of what hangs lies', async () => {
    for (const group of ['stuck', 'stuck-too'])
      add(
        group,
        slots.map((ordinal) => cloneOf('healthy-template', ordinal, 'hung')),
      );
    await clock.advance(1_000);
    add('other', [cloneOf('healthy-other')]);
    await clock.advance(0);
    expect(sent).toContain('other');
  });

  test('to the work on machines elsewhere, however many groups hang', async () => {
    for (let group = 0; group < 30; group += 1)
      add(
        `stuck-${group}`,
        slots.map((ordinal) => onMachine('PowerOn', `hung-${group}-${ordinal}`)),
      );
    await clock.advance(1_000);
    add('other', [onMachine('PowerOn', 'healthy-1')]);
    await clock.advance(0);
    expect(sent).toContain('other');
  });
});
