/** Bugs that show where failure domains have DRS host groups, or where a group names its own failure domains. */
import type { PlantedBug } from './planted-bug';

export const PLACEMENT_BUGS: readonly PlantedBug[] = [
  {
    rule: 'R15',
    mistake: 'a clone goes to any host of the cluster, whatever the host group of its failure domain is',
    changes: [
      {
        file: 'src/vmgroup/act/clone-request.ts',
        anchor: '    ...(action.hostGroup !== undefined && { hostGroup: action.hostGroup }),\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a rule of a host group that a person has disabled or made mandatory counts as right',
    changes: [
      {
        file: 'src/vmgroup/act/host-group-rules.ts',
        anchor: '    rule.enabled &&\n    !rule.mandatory &&\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'rules that are refused while their host group is gone count as written',
    changes: [
      {
        file: 'src/vmgroup/act/write-host-rules.ts',
        anchor: '    if (refusals.first !== undefined) throw refusals.first;\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'a group is spread over all failure domains of its VCenter, whatever its own list is',
    changes: [
      {
        file: 'src/vmgroup/observe/failure-domains.ts',
        anchor: '  if (own !== undefined) return own;\n',
        replacement: '  if (own?.length === 0) return own;\n',
      },
    ],
  },
  {
    rule: 'R1',
    mistake: "a DRS group of machines is the operator's whatever machines a person has put into it",
    changes: [
      {
        file: 'src/vmgroup/act/host-group-rules.ts',
        anchor: '  if (foreign !== undefined) throw notOurs(name, found.name, foreign);\n  const members',
        replacement: '  const members',
      },
    ],
  },
];
