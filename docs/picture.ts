/** `npm run picture`: writes docs/status.svg, which README.md shows. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusPicture } from './status-picture';

writeFileSync(join(__dirname, 'status.svg'), statusPicture());
