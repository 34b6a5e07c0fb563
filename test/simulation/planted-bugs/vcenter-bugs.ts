/** Bugs that show when VCenter objects take the place of the environment. */
import type { PlantedBug } from './planted-bug';

export const VCENTER_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R6',
    mistake: 'groups go on through the environment after a VCenter was admitted',
    changes: [
      {
        file: 'src/vcenter/selection.ts',
        anchor: '  if (world.vcenters.size > 0) return chooseObject(group, world);\n',
        replacement: '  if (world.vcenters.size > 9) return chooseObject(group, world);\n',
      },
      {
        file: 'src/operator/manager/shard-set.ts',
        anchor: '    void this.base.disconnect();\n    return !this.base.isEnding;\n',
        replacement: '    return true;\n',
      },
    ],
  },
  {
    rule: 'R6',
    mistake: 'every process serves a VCenter without its Lease',
    changes: [
      {
        file: 'src/operator/manager/leadership.ts',
        anchor: '  if (!flags.leaderElect) return new Alone(clock, identity);',
        replacement: '  if (!flags.leaderElect || vcenter !== IMPLICIT_VCENTER) return new Alone(clock, identity);',
      },
    ],
  },
];
