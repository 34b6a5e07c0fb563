/**
 * Generates the dashboard as a value, so that constructs put it into a ConfigMap without the library that builds it.
 *
 *   npm run generate                     writes imports/operator-dashboard.ts
 *   tsx charts/dashboard/generate.ts DIR writes into DIR instead, for the test that compares it with imports/
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dashboard } from './dashboard';

const folder = resolve(process.argv[2] ?? join(__dirname, '../../imports'));
writeFileSync(
  join(folder, 'operator-dashboard.ts'),
  [
    '// Generated from charts/dashboard/ by `npm run generate`. Do not edit.',
    '',
    '/** The dashboard of the operator for Grafana. */',
    'export const operatorDashboard: {',
    '  readonly uid: string;',
    '  readonly [field: string]: unknown;',
    `} = ${JSON.stringify(dashboard().build(), null, 2)};`,
    '',
  ].join('\n'),
);
