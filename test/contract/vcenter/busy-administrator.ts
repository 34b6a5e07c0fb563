/** Another person at the same vCenter, who creates, changes and removes machines and folders all the time. */
import { systemClock } from '../../../src/time/clock';
import type { ManagedObjectReference } from '../../../src/vsphere';
import { SessionVimClient } from '../../../src/vsphere/calls/vim-client';
import { readObjects } from '../../../src/vsphere/property/property-reader';
import { UnreadValues } from '../../../src/vsphere/property/unread-values';
import { silentLog } from '../../../src/vsphere/session/log';
import type { Session } from '../../../src/vsphere/session/session';
import { cloneRequest, type Landmarks } from './contract-world';

export class BusyAdministrator {
  readonly #session: Session;
  readonly #calls: SessionVimClient;
  readonly #landmarks: Landmarks;
  readonly #signal: AbortSignal;
  readonly #machines: ManagedObjectReference[] = [];
  #turns = 0;

  constructor(session: Session, landmarks: Landmarks, signal: AbortSignal) {
    this.#session = session;
    const [versionOf, nameOf] = [() => undefined, ({ value }: ManagedObjectReference) => value];
    const unread = new UnreadValues('vCenter', silentLog);
    this.#calls = new SessionVimClient({ session, liveKeys: [], clock: systemClock, versionOf, nameOf, unread });
    this.#landmarks = landmarks;
    this.#signal = signal;
  }

  /**
   * Makes one machine, and at times a folder. Renames an older machine and powers it on. Destroys the oldest machine.
   */
  async turn(): Promise<void> {
    this.#turns += 1;
    const call = { operationId: 'hand', signal: this.#signal };
    const request = cloneRequest(this.#landmarks, `hand ${this.#turns}`);
    this.#machines.push(await this.#done(await this.#calls.cloneVirtualMachine(request, call)));
    if (this.#turns % 5 === 0) await this.#calls.createFolder(this.#landmarks.folder, `hand's ${this.#turns}/%`, call);
    const older = this.#machines.at(-2);
    if (older === undefined) return;
    const newName = `hand ${this.#turns - 1} renamed`;
    await this.#done(await this.#session.invoke('Rename_Task', older, { newName }, call));
    await this.#done(await this.#calls.powerOn(older, call));
    if (this.#machines.length < 4) return;
    const [oldest] = this.#machines.splice(0, 1);
    if (oldest === undefined) return;
    await this.#done(await this.#calls.powerOff(oldest, call));
    await this.#done(await this.#calls.destroyVirtualMachine(oldest, call));
  }

  async #done(task: ManagedObjectReference): Promise<ManagedObjectReference> {
    for (;;) {
      const call = { operationId: 'hand', signal: this.#signal };
      const { objects } = await readObjects(this.#session, [task], ['info.state', 'info.result'], call);
      const values = new Map(objects[0]?.propSet?.map(({ name, val }) => [name, val]));
      const state = values.get('info.state');
      if (state === 'error') throw new Error(`task ${task.value} of the administrator failed`);
      if (state === 'success') return (values.get('info.result') ?? task) as unknown as ManagedObjectReference;
    }
  }
}
