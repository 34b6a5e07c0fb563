/** Bugs in static addresses. ADDRESSES stands for: no two machines of a group have one. */
import type { PlantedBug } from './planted-bug';

export const ADDRESS_BUGS: readonly PlantedBug[] = [
  {
    rule: 'ADDRESSES',
    mistake: 'a clone does not ask which address a machine of an older spec holds',
    changes: [
      {
        file: 'src/vmgroup/act/own-addresses.ts',
        anchor: 'if (shared !== undefined)',
        replacement: 'if (shared?.address === undefined && shared !== undefined)',
      },
    ],
  },
];
