import type { OperatorProcess } from '../../envtest/real-parts';

/** What an operator has used since its start, from its metrics. */
export interface OperatorUsage {
  readonly cpuMs: number;
  /** Resident now, in MB of 1,000,000 bytes. */
  readonly residentMB: number;
  /** Calls to all vCenters by method, with each WaitForUpdatesEx that has ended. */
  readonly calls: ReadonlyMap<string, number>;
}

export async function usageOf({ metricsUrl }: OperatorProcess): Promise<OperatorUsage> {
  const text = await (await fetch(`${metricsUrl}/metrics`)).text();
  const one = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  const calls = new Map<string, number>();
  for (const [, method = '', count] of text.matchAll(/^vsphere_calls_total\{[^}]*method="(\w+)"[^}]*\} (\S+)$/gm))
    calls.set(method, (calls.get(method) ?? 0) + Number(count));
  return {
    cpuMs: one('process_cpu_seconds_total') * 1000,
    residentMB: one('process_resident_memory_bytes') / 1e6,
    calls,
  };
}

/** Calls made between two moments, by method, without those of which there were none. */
export function callsBetween(before: OperatorUsage, after: OperatorUsage): ReadonlyMap<string, number> {
  const counts = [...after.calls].map(([method, count]) => [method, count - (before.calls.get(method) ?? 0)] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}
