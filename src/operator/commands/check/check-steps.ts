/** Checks that build on each other: what needs one that failed is skipped, and says so. */
import { SettingsError } from '../../settings/settings-error';

export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped';

export interface CheckResult {
  /** What was checked, a word. */
  readonly check: string;
  readonly status: CheckStatus;
  readonly message: string;
  /** What a person can do. */
  readonly remedy?: string;
}

export type Finding = Omit<CheckResult, 'check'>;

export interface CheckStep {
  readonly check: string;
  /** Checks without which this one tells nothing. */
  readonly needs: readonly string[];
  /** One line each. An empty list passes in silence. */
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

/** Runs them in order. */
export async function runSteps(steps: readonly CheckStep[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  /** Checks that did not pass, and the first cause of it. */
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
