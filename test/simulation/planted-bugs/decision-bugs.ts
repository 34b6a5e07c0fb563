/** Bugs that show when a decision that was kept is looked at, or decided again. */
import type { PlantedBug } from './planted-bug';

export const DECISION_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R5',
    mistake: 'a decision is kept without the revision of the whole spec',
    changes: [
      {
        file: 'src/vmgroup/decisions/without-secrets.ts',
        anchor: '  rememberRevision(spec, digests.revision);\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R5',
    mistake: 'a decision is kept with the faults that its plan has cleared',
    changes: [
      {
        file: 'src/vmgroup/decisions/decision-line.ts',
        anchor: '  return a.size === b.size && [...a]',
        replacement: '  return a.size <= b.size || [...a]',
      },
    ],
  },
  {
    rule: 'R10',
    mistake: 'a decision is kept with the texts for guests',
    changes: [
      {
        file: 'src/vmgroup/decisions/without-secrets.ts',
        anchor: '    ...(guest !== undefined && { guest: guestWithoutSecrets(guest) }),\n',
        replacement:
          '    ...(guest !== undefined && { guest: guest.ignition === undefined ? guest : guestWithoutSecrets(guest) }),\n',
      },
    ],
  },
];
