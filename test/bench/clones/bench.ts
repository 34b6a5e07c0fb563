/**
 * `npm run bench -- clones`: how long a group takes with full and with linked clones, by the model of vCenter, where a copy costs
 * a second per GiB. The operator is the real one, under a virtual clock, so the figures are the same on every machine.
 */
import { LANDMARK } from '../../fakes/vcenter';
import { ManagedWorld } from '../../support/builders/managed-world';

const REPLICAS = 20;
const DISK_GIB = 40;
const COPY_MS_PER_GIB = 1_000;
const SNAPSHOT = 'golden';
const GIB_IN_KIB = 1_048_576n;
const LONGEST_MS = 7_200_000;

export async function benchClones(): Promise<void> {
  const full = await secondsUntilRunning({});
  const linked = await secondsUntilRunning({ clone: { mode: 'Linked', snapshot: SNAPSHOT } });
  process.stdout.write(
    `${REPLICAS} replicas of a template with a disk of ${DISK_GIB} GiB, ${COPY_MS_PER_GIB / 1_000} s per GiB that is copied\n` +
      `full clones      ${full.toFixed(0)} s until RUNNING\n` +
      `linked clones    ${linked.toFixed(0)} s until RUNNING, ${(full / linked).toFixed(1)} times as fast\n`,
  );
}

/** In virtual time. */
async function secondsUntilRunning(spec: object): Promise<number> {
  const world = await ManagedWorld.with();
  const { vcenter, clock } = world;
  const [disk] = vcenter.truth.machine(LANDMARK.template).disks;
  if (disk === undefined) throw new Error('the template has no disk');
  vcenter.truth.machine(LANDMARK.template).disks = [{ ...disk, capacityKiB: BigInt(DISK_GIB) * GIB_IN_KIB }];
  vcenter.hand.takeSnapshot(LANDMARK.template, SNAPSHOT);
  vcenter.tasks.copyMsPerGiB = COPY_MS_PER_GIB;
  world.start('first');
  await clock.advance(10_000);
  const fromMs = clock.monotonicMs();
  await world.create('web', 'default', { replicas: REPLICAS, ...spec });
  const isRunning = async () => (await world.group('web')).status?.phase === 'RUNNING';
  while (!(await isRunning())) {
    if (clock.monotonicMs() - fromMs > LONGEST_MS)
      throw new Error(`the group is not RUNNING: ${(await world.group('web')).status?.lastMessage}`);
    await clock.advance(1_000);
  }
  const seconds = (clock.monotonicMs() - fromMs) / 1_000;
  await world.end();
  return seconds;
}
