/** The machines that a manifest asks to take over (spec.adopt), as far as they are found and allowed. */
import type { AdoptionRequest, Refusal } from '../../../vmgroup/model/adoption-request';
import type { Placement } from '../../../vmgroup/model/placement';
import { findRequested } from '../../../vmgroup/observe/adoption-request';
import type { PlacementRules } from '../../../vmgroup/observe/resolution';
import { type Inventory, type ManagedObjectReference, sameRef } from '../../../vsphere';
import type { Manifest } from '../manifest/manifest';
import { groupOnceApplied } from '../plan/stored-group';

export interface RequestedMachines {
  /** The folder that is named, and machines that are not in it. */
  readonly objects: readonly ManagedObjectReference[];
  /** What is not found, or not allowed, in sentences with the remedy. */
  readonly refusals: readonly string[];
}

/** What a machine is refused for besides depends on the stored group, or on a live look: `plan` tells that. */
const TOLD: ReadonlySet<Refusal['code']> = new Set(['NotFound', 'OtherDatacenter', 'Ambiguous', 'NotAllowed']);

export function requestedMachines(
  manifest: Manifest,
  placement: Placement,
  inventory: Inventory,
  { tenants, clusterId }: Pick<PlacementRules, 'tenants' | 'clusterId'>,
): RequestedMachines {
  const group = groupOnceApplied(manifest, undefined, 0);
  const seen = { group, clusterId, placement, folder: { kind: 'Missing' }, inventory } as const;
  const request = findRequested(seen, { tenants, inspections: new Map(), isGone: () => false });
  if (request === undefined) return { objects: [], refusals: [] };
  const { candidates, folder } = request;
  return {
    objects: [
      ...(folder === undefined ? [] : [folder]),
      ...candidates.flatMap((candidate) => machineOf(candidate, folder)),
    ],
    refusals: candidates.flatMap(({ refusal }) =>
      refusal !== undefined && TOLD.has(refusal.code) ? refusal.message : [],
    ),
  };
}

/** Nothing is done to a template, nor to a machine that is not allowed. */
function machineOf(
  { machine, refusal }: AdoptionRequest['candidates'][number],
  folder: ManagedObjectReference | undefined,
): readonly ManagedObjectReference[] {
  if (machine === undefined || refusal?.code === 'NotAllowed' || refusal?.code === 'IsTemplate') return [];
  return sameRef(machine.parent, folder) ? [] : [machine.ref];
}
