/** What a connection does when sessions end and when requests and replies are lost. */
import { expect, test } from 'vitest';
import { type ContractStage, call } from './contract-stage';
import { uuidOf } from './contract-world';

/** `test`, or nothing where requests and replies cannot be lost. */
export type TestOfLoss = (title: string, body: () => Promise<void>) => void;

export function promiseSessions(stage: ContractStage, testOfLoss: TestOfLoss): void {
  test('after a session has ended there is a new login, and only differences are sent to listeners', async () => {
    const machine = await stage.seen('theta');
    const known = [...stage.inventory.virtualMachines()].length;
    await stage.world.hand.endSessions();
    await stage.world.hand.rename(machine, 'theta-renamed');
    stage.here.changes.length = 0;
    stage.here.statuses.length = 0;
    // Any call finds that the session has ended, logs in again and succeeds.
    expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('theta'), call('find')))).toEqual([
      machine,
    ]);
    await stage.here.until('resynced', () => stage.here.statuses.some(({ kind }) => kind === 'Ready'));
    await stage.here.until('renamed', () => stage.inventory.virtualMachine(machine)?.name === 'theta-renamed');
    expect([...stage.inventory.virtualMachines()]).toHaveLength(known);
    expect(stage.here.changes.filter(({ kind }) => kind === 'VirtualMachine')).toMatchObject([
      { before: { name: 'theta' }, after: { name: 'theta-renamed' } },
    ]);
  });

  testOfLoss('a mutation whose reply is lost ends Unknown, is done once and is not sent again', async () => {
    stage.world.loseNext('CreateFolder', 'Reply');
    const made = stage.calls.createFolder(stage.landmarks.folder, 'iota', call('vmop-folder'));
    await expect(stage.world.answered(made)).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
    await stage.here.until('seen', () =>
      stage.inventory.entitiesIn(stage.landmarks.folder).some((entity) => entity.name === 'iota'),
    );
    stage.world.loseNext('CloneVM_Task', 'Reply');
    expect(await stage.clone('iota-vm')).toMatchObject({ kind: 'Unknown', failure: { code: 'ConnectionLost' } });
    await stage.here.until(
      'cloned',
      () => stage.inventory.virtualMachinesByExtraConfig('codeconnect.uid', 'U-iota-vm').length === 1,
    );
    expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('iota-vm'), call('find')))).toHaveLength(1);
  });

  testOfLoss('a mutation whose request is lost ends Unknown too, and a read survives both', async () => {
    stage.world.loseNext('CreateFolder', 'Request');
    const made = stage.calls.createFolder(stage.landmarks.folder, 'kappa', call('vmop-folder'));
    await expect(stage.world.answered(made)).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
    for (const what of ['Request', 'Reply'] as const) {
      stage.world.loseNext('FindAllByUuid', what);
      expect(await stage.world.answered(stage.calls.findByInstanceUuid(uuidOf('kappa'), call('find')))).toEqual([]);
    }
    const again = await stage.world.answered(
      stage.calls.createFolder(stage.landmarks.folder, 'kappa', call('vmop-folder')),
    );
    await stage.here.until('seen', () => stage.inventory.entity(again) !== undefined);
  });

  test('an aborted call ends as Aborted', async () => {
    const aborting = new AbortController();
    const answer = stage.calls.findByInstanceUuid(uuidOf('mu'), call('find', aborting.signal));
    aborting.abort(new Error('no longer needed'));
    await expect(stage.world.answered(answer)).rejects.toMatchObject({ name: 'VsphereError', code: 'Aborted' });
  });

  test('no session is left after all connections have stopped', async () => {
    await stage.here.stop();
    expect(await stage.world.sessionCount()).toBe(0);
  });
}
