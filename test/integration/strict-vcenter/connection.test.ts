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

test('more machines of ours than a page holds are all there after a restart', async () => {
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
  const { vcsim, admin } = await strictVCenter({ machines: 30, strict: { droppedAnswers: { over: 500, every: 7 } } });
  const world = await connected(vcsim, { random: () => 0.9999 });
  const failures = () => world.calls.filter(({ code }) => code !== undefined).length;
  try {
    const { inventory } = world.connection;
    for (let n = 1; n <= 20 && failures() < 2; n += 1) {
      const id = (await cloned(admin, `clone-${n}`)).replace('VirtualMachine:', '');
      await world.until(`ready, with clone ${n}`, () => {
        const known = [...inventory.virtualMachines()].some(({ ref }) => ref.value === id);
        return known && world.connection.status.kind === 'Ready';
      });
    }
    expect(failures()).toBeGreaterThanOrEqual(2);
  } finally {
    await world.stop();
  }
});
