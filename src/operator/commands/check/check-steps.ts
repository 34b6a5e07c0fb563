/** Checks that build on each other: a check that needs a failed one is skipped. */
import { SettingsError } from '../../settings/settings-error';

export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

export interface CheckResult {
  /** What was checked, in one word. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly message: string;
  /** What a person can do. */
  readonly remedy?: string;
}

export type Finding = Omit<CheckResult, 'check'>;

export interface CheckStep {
  readonly check: string;
  /** Checks that have to pass before this one. */
  readonly needs: readonly string[];
  /** One line per finding. With an empty list the check passes without a line. */
  run(): Promise<readonly Finding[]>;
}

export const ok = (message: string): Finding => ({ status: 'ok', message });
export const warning = (message: string, remedy?: string): Finding => ({
  status: 'warning',
  message,
  ...(remedy !== undefined && { remedy }),
});
export const failed = (message: string, remedy?: string): Finding => ({
  status: 'failed',
  message,
  ...(remedy !== undefined && { remedy }),
});

/** Runs the steps in order. */
export async function runSteps(steps: readonly CheckStep[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  /** By name of a check that failed or was skipped: the failed check that caused it. */
  const broken = new Map<string, string>();
  for (const { check, needs, run } of steps) {
    const cause = needs.map((need) => broken.get(need)).find((first) => first !== undefined);
    if (cause !== undefined) {
      broken.set(check, cause);
      results.push({ check, status: 'skipped', message: `needs ${cause}` });
      continue;
    }
    const findings = await run().catch((error: unknown) => {
      if (error instanceof SettingsError) return [failed(error.message)];
      throw error;
    });
    results.push(...findings.map((finding) => ({ check, ...finding })));
    if (findings.some(({ status }) => status === 'failed')) broken.set(check, check);
  }
  return results;
}
