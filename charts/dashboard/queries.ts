/** The queries of the dashboard, for the operators that its variables choose. */

/** The variables of the dashboard. */
export const JOB = 'job=~"$job"';
const VCENTER = 'vcenter=~"$vcenter"';

/** A metric of the chosen operators. `also`: more label matchers. */
export function metric(name: string, also = ''): string {
  return `${name}{${[JOB, also].filter((part) => part !== '').join(', ')}}`;
}

/** A metric of the chosen vCenters. */
export function vcenterMetric(name: string, also = ''): string {
  return metric(name, [VCENTER, also].filter((part) => part !== '').join(', '));
}

/** A metric that operators of other kinds may have too under the same job. */
export function controllerMetric(name: string): string {
  return metric(name, 'controller="vmgroup"');
}

/** How often a counter grows per second, over the span that fits the picture. */
export function rate(series: string): string {
  return `rate(${series}[$__rate_interval])`;
}

/**
 * The time within which this part of all events ended, over the last hour: they may be rare, and a shorter span would show
 * mostly nothing.
 */
export function quantile(part: number, histogram: string, by = '', also = ''): string {
  const labels = ['le', by].filter((label) => label !== '').join(', ');
  return `histogram_quantile(${part}, sum by (${labels}) (rate(${metric(`${histogram}_bucket`, also)}[1h])))`;
}
