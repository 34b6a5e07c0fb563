/** What a spec allows during a rolling update. It does not use the operator's own functions, so that a bug there is found. */
import type { VmGroupSpec } from '../../../src/api/vm-group';

export function mostMachines({ replicas, updateStrategy, retire = [] }: VmGroupSpec): number {
  if (updateStrategy?.type === 'OnDelete' && retire.length === 0) return replicas;
  return replicas + amount(updateStrategy?.rollingUpdate?.maxSurge ?? 0, replicas, Math.ceil);
}

/** At least one machine may be away if no machine may be added, else nothing could ever be replaced. */
export function leastServing({ replicas, updateStrategy }: VmGroupSpec): number {
  const { maxSurge = 0, maxUnavailable = 1 } = updateStrategy?.rollingUpdate ?? {};
  const surge = amount(maxSurge, replicas, Math.ceil);
  const away = amount(maxUnavailable, replicas, Math.floor);
  return replicas - (surge === 0 && away === 0 ? 1 : away);
}

function amount(value: number | string, replicas: number, round: (share: number) => number): number {
  return typeof value === 'number' ? value : round((Number(value.replace('%', '')) / 100) * replicas);
}
