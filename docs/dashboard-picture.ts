/**
 * The picture of the dashboard in docs/operating.md. What Prometheus answered was recorded in the story of
 * test/integration/monitoring, in which everything goes wrong once within a minute and a half:
 *
 *   RECORD_DASHBOARD=docs/dashboard-picture.json npx vitest run --config test/vitest.config.mts --project integration monitoring/story
 */
import { operatorDashboard } from '../imports/operator-dashboard';
import recorded from './dashboard-picture.json';
import { type Dashboard, type DashboardRecord, dashboardSvg } from './dashboard-svg';

export function dashboardPicture(): string {
  return dashboardSvg(operatorDashboard as unknown as Dashboard, recorded as DashboardRecord);
}
