/** Bugs that show where a clone is linked to a snapshot, or customizes its guest. */
import type { PlantedBug } from './planted-bug';

export const CLONE_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R7',
    mistake: 'a clone is a full one while the snapshot for a linked one is not there',
    changes: [
      {
        file: 'src/vmgroup/act/clone-snapshot.ts',
        anchor: '  if (only === undefined)\n',
        replacement: '  if (only === undefined && all.length === 0) return undefined;\n  if (only === undefined)\n',
      },
    ],
  },
  {
    rule: 'R2',
    mistake: 'a machine that a clone left behind without its customization is powered on',
    changes: [
      {
        file: 'src/vmgroup/model/uncustomized.ts',
        anchor: '  return isCustomizationFailure(faults.get(slotKey(slot))?.reason);',
        replacement: '  return slot.ordinal < 0 && isCustomizationFailure(faults.get(slotKey(slot))?.reason);',
      },
    ],
  },
];
