/** What vCenter does not do for a while: the account lacks privileges, or a machine waits for an answer. */
import type { MethodName } from '../../../src/vsphere/vim25/methods';
import { withinMagnitudes } from '../../fakes/vcenter';
import { AWAY_MS, type Disturbance, withReplica } from './disturbance';

const CHANGES: readonly MethodName[] = [
  ...(['CloneVM_Task', 'ReconfigVM_Task', 'PowerOnVM_Task', 'PowerOffVM_Task', 'ShutdownGuest'] as const),
  ...(['CreateFolder', 'Destroy_Task', 'UnregisterAndDestroy_Task', 'Rename_Task'] as const),
];

export const REFUSALS: readonly Disturbance[] = [
  {
    name: 'privileges lost',
    weight: 3,
    countsItself: true,
    happens: (world) => {
      const methods = world.random() < 0.3 ? CHANGES : CHANGES.filter(() => world.random() < 0.3);
      world.vcenter.deny(methods, () => world.tally.meet('disturbance', 'privileges lost'));
      const ms = withinMagnitudes(AWAY_MS, world.random);
      world.recoveries.after(ms, () => world.vcenter.deny([]));
      return `the account loses the privileges for ${methods} for ${Math.round(ms)} ms`;
    },
  },
  {
    name: 'question pending at power-on',
    weight: 5,
    countsItself: true,
    happens: (world) =>
      withReplica(world, ({ ref, name }) => {
        const { hand, tasks } = world.vcenter;
        const goOn = tasks.hang(
          ({ entity, descriptionId }) => entity.value === ref.value && descriptionId === 'VirtualMachine.powerOn',
        );
        hand.power(ref, 'poweredOff');
        const ms = withinMagnitudes(AWAY_MS, world.random);
        world.recoveries.after(ms, () => {
          if ([...tasks.hung].some(({ entity }) => entity.value === ref.value))
            world.tally.meet('disturbance', 'question pending at power-on');
          goOn();
        });
        return `${name} is powered off by hand, and asks a question at power-on for ${Math.round(ms)} ms`;
      }),
  },
];
