/** `npm run picture`: writes docs/status.svg, which README.md shows, and docs/dashboard.svg, which docs/operating.md shows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardPicture } from './dashboard-picture';
import { statusPicture } from './status-picture';

writeFileSync(join(__dirname, 'status.svg'), statusPicture());
writeFileSync(join(__dirname, 'dashboard.svg'), dashboardPicture());
