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
  {
    rule: 'R2',
    mistake: 'a group that lives on a VCenter goes to another one that selects it later',
    changes: [
      {
        file: 'src/vcenter/selection.ts',
        anchor: 'if (livesOnObject) return stay(recorded, group, world);',
        replacement: "if (livesOnObject && recorded === '(none)') return stay(recorded, group, world);",
      },
      {
        file: 'src/vmgroup/model/observation.ts',
        anchor: '  return recorded === observed.vcenter.instanceUuid ? undefined : recorded;',
        replacement: "  return recorded === observed.vcenter.instanceUuid || recorded !== '' ? undefined : recorded;",
      },
    ],
  },
  {
    rule: 'R9',
    mistake: 'groups are reconciled only while all vCenters are connected',
    changes: [
      {
        file: 'src/operator/manager/manager.ts',
        anchor: '    return owner?.leads ? owner.reconcile(key, signal) : {};\n',
        replacement:
          '    const isWhole = [...shards].every(' +
          "({ connection }) => connection === undefined || connection.status.kind === 'Ready');\n" +
          '    if (!isWhole) return { requeueAfterMs: 1_000 };\n' +
          '    return owner?.leads ? owner.reconcile(key, signal) : {};\n',
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'a place in the limits is taken without a check that it fits',
    changes: [
      {
        file: 'src/vmgroup/observe/vcenter-quota.ts',
        anchor: 'if ((isMore && isUncertain) || !this.#fits(group, place)) return false;',
        replacement:
          'if ((isMore && isUncertain) || (place.target.vms > 99 && !this.#fits(group, place))) return false;',
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'clones that an earlier process has left running do not count for the limits',
    changes: [
      {
        file: 'src/vmgroup/act/unclaimed-clones.ts',
        anchor: '    if (claims === undefined) return true;\n    const isMeant',
        replacement: "    if (claims === undefined || namespace !== '') return false;\n    const isMeant",
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'what waits is sent although an administrator allows it no more',
    changes: [
      {
        file: 'src/vmgroup/model/allowed-places.ts',
        anchor: '      return isCloneAllowed(action, allowed, inventory);',
        replacement: '      return isCloneAllowed(action, allowed, inventory) || metadata.name !== undefined;',
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'a machine that went out of sight with its clone is made again beyond the limits',
    changes: [
      {
        file: 'src/vmgroup/observe/vcenter-quota.ts',
        anchor: 'if (isMore || group.formerOf(place.key) !== undefined) {',
        replacement: 'if (isMore) {',
      },
      {
        file: 'src/vmgroup/observe/vcenter-quota.ts',
        anchor: 'const more = unseen.filter(({ key }) => own?.has(key) !== true)',
        replacement: "const more = unseen.filter(({ key }) => own?.has(key) !== true && key === '')",
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'a clone goes to a failure domain that was taken out while it waited',
    changes: [
      {
        file: 'src/vmgroup/model/allowed-places.ts',
        anchor: '  return failureDomains.some(({ name }) => name === action.failureDomain);',
        replacement: '  return failureDomains.length >= 0;',
      },
    ],
  },
  {
    rule: 'R7',
    mistake: 'settings are given before the stored status says that machines may have some',
    changes: [
      {
        file: 'src/vmgroup/model/extra-config.ts',
        anchor: "return !gives || (isToldAsGiven('extraConfig', stored) && refusedKeys(spec, rules).length === 0);",
        replacement: 'return !gives || (stored !== undefined && refusedKeys(spec, rules).length === 0);',
      },
    ],
  },
  {
    rule: 'R8',
    mistake: 'what vCenter does not tell is never looked for',
    changes: [
      {
        file: 'src/vsphere/connection.ts',
        anchor: '    this.#endStream();\n',
        replacement: '',
      },
    ],
  },
  {
    rule: 'R15',
    mistake: 'the place of a machine that is out of sight is given to another group at once',
    changes: [
      {
        file: 'src/vmgroup/observe/vcenter-quota.ts',
        anchor: '      group.holdOf(before.ref, before.amount);\n',
        replacement: '',
      },
    ],
  },
];
