/** Our connection at a vCenter that pages its answers and breaks some of them off. */
import { expect, test } from 'vitest';
import { connected } from '../vsphere-world';
import { cloned, type RawSession, strictVCenter } from './raw-session';

const MARK = 'codeconnect.uid';
const SOON_MS = 15_000;

/** Machines of ours, more than a page of them, powered off and so without most of what their guests tell. */
async function marked(admin: RawSession, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await admin.set(await cloned(admin, `ours-${n}`), { [MARK]: `U-${n}` });
}

// Finding 10: the simulator's second page has unset properties without a value, and one of them stops the connection.
test.fails('more machines of ours than a page holds are all there after a restart', async () => {
  const { vcsim, admin } = await strictVCenter();
  await marked(admin, 101);
  const world = await connected(vcsim);
  try {
    await world.until('ready', () => world.connection.status.kind === 'Ready', SOON_MS);
    const ours = [...world.connection.inventory.virtualMachines()].filter(({ extraConfig }) => extraConfig[MARK]);
    expect(ours).toHaveLength(101);
  } finally {
    await world.stop();
  }
});

test('answers that break off cost a new attempt, and no change is missed', async () => {
  const { vcsim, admin } = await strictVCenter({ machines: 30, strict: { droppedAnswers: { over: 3_000, every: 4 } } });
  const world = await connected(vcsim, { random: () => 0.9999 });
  try {
    const { inventory } = world.connection;
    for (const name of ['a', 'b', 'c']) {
      const id = (await cloned(admin, name)).replace('VirtualMachine:', '');
      await world.until(`ready, with ${name}`, () => {
        const known = [...inventory.virtualMachines()].some(({ ref }) => ref.value === id);
        return known && world.connection.status.kind === 'Ready';
      });
    }
    expect(world.calls.filter(({ code }) => code !== undefined)).not.toEqual([]);
  } finally {
    await world.stop();
  }
});
