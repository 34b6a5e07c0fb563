/** Updates of the stream: whatever they are, the inventory is right again after the next good ones. */
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { connectVCenter, staticCredentials } from '../../../src/vsphere';
import { vim25Codec } from '../../../src/vsphere/transport/vim25-codec';
import { settle, VirtualClock } from '../../support/time/virtual-clock';
import { changedAnswer } from '../change-answer';
import { textOf } from '../element';
import { DAMAGEABLE, MARK, machineRead, machineUpdate, ORDINAL } from '../objects';
import { ScriptedVCenter } from '../scripted-vcenter';
import { promised, type Target } from '../target';

const MACHINES = ['vm-a', 'vm-b', 'vm-c'] as const;
/** The damage that `answers.test.ts` knows, too. */
const CORPUS = path.join(__dirname, '..', 'corpus');
const saved = readdirSync(CORPUS).filter((file) => /^(update|details)-.*\.xml$/.test(file));
const seeds = [
  ...DAMAGEABLE.flatMap(({ objects }) => objects.map(textOf)),
  ...saved.sort().map((file) => readFileSync(path.join(CORPUS, file), 'utf8')),
];

export const inventoryUpdates: Target = {
  name: 'inventory-updates',
  ending: 'xml',
  seeds,
  change: changedAnswer,
  take: async (text) => {
    const clock = new VirtualClock();
    const vcenter = new ScriptedVCenter(vim25Codec);
    const errors: unknown[] = [];
    const nothing = () => undefined;
    const connection = connectVCenter({
      server: { host: 'scripted', port: 443 },
      credentials: staticCredentials({ userName: 'u', password: 'p' }),
      transport: vcenter,
      watchedExtraConfigKeys: [MARK, ORDINAL],
      clock,
      random: () => 0.5,
      log: { info: nothing, warn: nothing, error: (...told) => errors.push(told) },
    });
    const good = (cpu: number) => MACHINES.map((value) => textOf(machineUpdate('enter', value, cpu))).join('');
    const ending = new AbortController();
    vcenter.read = (refs) => refs.map(({ value }) => textOf(machineRead(value, 2))).join('');
    vcenter.tell(1, good(1));
    const run = connection.run(ending.signal);
    for (let turn = 0; turn < 100 && connection.status.kind !== 'Ready'; turn += 1) await settle();
    promised(connection.status.kind === 'Ready', 'it begins well');
    const filter = ([1, 2, 3, 4] as const)[Number.parseInt(hash('sha256', text).slice(0, 2), 16) % 4] ?? 1;
    vcenter.tell(filter, text);
    await clock.advance(100);
    vcenter.tell(1, good(2));
    // A new stream begins with all that there is.
    vcenter.onWait = () => {
      if (connection.status.kind !== 'Ready') vcenter.tell(1, good(2));
    };
    for (let second = 0; second < 120 && !isRight(); second += 5) await clock.advance(5_000);
    promised(isRight(), 'after good updates the inventory is right');
    promised(errors.length === 0, `nothing throws: ${JSON.stringify(errors)}`);
    ending.abort();
    await clock.advance(10_000);
    await run;

    function isRight(): boolean {
      const seen = MACHINES.map((value) => connection.inventory.virtualMachine({ type: 'VirtualMachine', value }));
      const isSeen = seen.every((machine) => machine?.numCpu === 2 && machine.unreadable !== true);
      return connection.status.kind === 'Ready' && isSeen;
    }
  },
};
