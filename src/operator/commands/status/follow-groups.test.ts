import { describe, expect, onTestFinished, test } from 'vitest';
import { KubernetesModel } from '../../../../test/fakes/kubernetes/kubernetes-model';
import { VirtualClock } from '../../../../test/support/time/virtual-clock';
import { VM_GROUP_RESOURCE, type VmGroup } from '../../../api/vm-group';
import { ResourceClient } from '../../../kubernetes';
import { followGroups } from './follow-groups';
import type { StatusFlags } from './status-flags';

const SPEC = { cpu: 1, memory: 1, replicas: 2, template: 'ubuntu' };
const forever = new AbortController().signal;

/** `--watch` for the group shop/web, or for all of shop, on a model of the API server. */
async function following({ name, output = 'table', height }: Partial<StatusFlags> & { readonly height?: number }) {
  const clock = new VirtualClock();
  const model = new KubernetesModel(clock);
  const hand = new ResourceClient<VmGroup>(model.direct, VM_GROUP_RESOURCE);
  const group = await hand.create('shop', { metadata: { name: 'web', namespace: 'shop' }, spec: SPEC }, forever);
  const other = await hand.create('shop', { metadata: { name: 'api', namespace: 'shop' }, spec: SPEC }, forever);
  const printed: string[] = [];
  const interrupted = new AbortController();
  const flags: StatusFlags = {
    ...{ name, namespace: 'shop', allNamespaces: false, watch: true, output },
    ...{ kubeconfig: undefined, context: undefined, help: false },
  };
  const source = {
    ...{ server: model, client: new ResourceClient<VmGroup>(model, VM_GROUP_RESOURCE) },
    choice: { namespace: 'shop', name },
  };
  const options = {
    ...{ flags, clock, random: () => 0.5, print: (text: string) => void printed.push(text) },
    screen: () => ({ paint: (_: string, text: string) => text, width: undefined, height }),
  };
  const first = name === undefined ? [group, other] : [group];
  const ended = followGroups(source, first, options, interrupted.signal);
  onTestFinished(() => interrupted.abort());
  await clock.advance(0);
  return {
    ...{ clock, model, hand, ended, group, interrupt: () => interrupted.abort(new Error('got SIGINT')) },
    tell: async (of: string, lastMessage: string) => {
      const { metadata } = await hand.get('shop', of, forever);
      await hand.replaceStatus(metadata, { phase: 'PENDING', lastMessage }, 'test', forever);
      await clock.advance(0);
    },
    /** What was printed since the last look. */
    news: () => printed.splice(0).join(''),
  };
}

describe('into a pipe', () => {
  test('a change is shown with all of it again; time alone, and other groups, are no news', async () => {
    const { tell, news, clock } = await following({ name: 'web' });
    expect(news()).toMatch(/^shop\/web {2}PENDING/);
    await clock.advance(60_000);
    await tell('api', 'of another group');
    expect(news()).toBe('');
    await tell('web', '1 of 2 ready');
    expect(news()).toMatch(/^\nshop\/web[\s\S]+1 of 2 ready/);
  });

  test('JSON is one document per line', async () => {
    const { tell, news } = await following({ output: 'json' });
    await tell('web', 'one');
    await tell('web', 'two');
    const documents = news()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.map(({ groups }) => groups.map(({ message }: { message: string }) => message).at(-1))).toEqual([
      expect.stringContaining('nothing of this group yet'),
      'one',
      'two',
    ]);
  });

  test('it ends when the one group is gone', async () => {
    const { hand, ended, clock, news } = await following({ name: 'web' });
    await hand.delete('shop', 'web', {}, forever);
    await clock.advance(0);
    await ended;
    expect(news()).toMatch(/\nshop\/web is gone\n$/);
    expect(clock.pending).toBe(0);
  });

  test('Ctrl-C ends it, and leaves no timer and no watch', async () => {
    const { ended, clock, model, interrupt } = await following({});
    interrupt();
    await clock.advance(0);
    await ended;
    expect(clock.pending).toBe(0);
    expect(model.watches).toBe(0);
  });

  test('an API server that is away is told, below what was last read, and so is its return', async () => {
    const { model, news, clock } = await following({ name: 'web' });
    news();
    model.down = true;
    model.reset();
    await clock.advance(10_000);
    expect(news()).toMatch(/shop\/web[\s\S]+the API server cannot be read now: /);
    model.down = false;
    await clock.advance(60_000);
    expect(news()).not.toContain('cannot be read');
  });

  test('it only reads VmGroups', async () => {
    const { model, tell } = await following({});
    await tell('web', 'one');
    expect(
      model.requests.filter((request) => !/^(GET|WATCH) \S+\/namespaces\/shop\/vmgroups(\/|$)/.test(request)),
    ).toEqual([]);
    expect(model.requests.length).toBeGreaterThan(1);
  });
});

describe('on a terminal', () => {
  test('it is drawn over itself, ages go on, and lines are cut at the edge until the end', async () => {
    const { news, clock, interrupt, ended } = await following({ name: 'web', height: 30 });
    const first = news();
    expect(first.startsWith('\x1b[?7l')).toBe(true);
    expect(first).toContain('made 0s ago');
    await clock.advance(5_000);
    const later = news();
    // Up to the first line.
    expect(later).toContain(`\x1b[${first.split('\n').length - 1}A`);
    expect(later).toContain('made 5s ago');
    interrupt();
    await clock.advance(0);
    await ended;
    expect(news()).toBe('\x1b[?7h\n');
  });

  test('of more replicas than fit, those with nothing to tell are only counted', async () => {
    const { hand, group, news, clock } = await following({ name: 'web', height: 9 });
    const replica = (ordinal: number, ready: boolean) => ({ name: `web-${ordinal}`, ordinal, revision: 'new', ready });
    const replicas = [0, 1, 2, 3, 4].map((ordinal) => replica(ordinal, ordinal !== 3));
    news();
    await hand.replaceStatus(group.metadata, { updateRevision: 'new', replicas }, 'test', forever);
    await clock.advance(0);
    const shown = news();
    expect(shown).toContain('└─ web-3');
    expect(shown).toContain('4 more are ready and up to date');
    expect(shown).not.toContain('web-0');
  });

  test('more lines than it has are counted', async () => {
    const { news } = await following({ height: 3 });
    expect(news()).toContain('… 2 more lines: all are shown without --watch');
  });
});
