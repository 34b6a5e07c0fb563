/**
 * Rules and queries with their spans of time cut to seconds, so that a story of a minute shows them. What is asked stays the
 * same. The spans themselves are proven by alert-rules.test.ts.
 */
import type { Alert } from '../../../src/constructs/operator-alerts';

/** Of three scrapes at least. */
const SHORT = '8s';
/** Long enough for four restarts. */
const LONG = '25s';

export function hurriedRule({ alert, expr, severity }: Alert): object {
  return { alert, expr: hurriedExpression(expr), for: '1s', labels: { severity } };
}

/** A query of the dashboard with every choice of its variables. */
export function hurriedQuery(expr: string): string {
  return hurriedExpression(expr.replaceAll(/\$(?:job|vcenter)/g, '.*').replaceAll('$__rate_interval', SHORT));
}

function hurriedExpression(expr: string): string {
  return expr
    .replaceAll('[1h]', `[${LONG}]`)
    .replaceAll(/\[\d+m\]/g, `[${SHORT}]`)
    .replaceAll(/(\d+) \* 60\b/g, (_, minutes: string) => String(Number(minutes) / 5));
}
