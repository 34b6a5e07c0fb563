import { expect, test } from 'vitest';
import { CONNECTION_GRACE_MS } from '../../src/vmgroup/observe/vcenter-view';
import { MAX_WAIT_SECONDS } from '../../src/vsphere/inventory/inventory-stream';
import { LATE_MS, PROBE_TIMEOUT_MS } from '../../src/vsphere/session/hang-watch';
import { TCP_KEEP_ALIVE_MS } from '../../src/vsphere/transport/trusted-agent';
import { pageText } from './pages';

const PAGE = 'docs/troubleshooting.md';

/** 10 probes, one each second: what Node sets with keep-alive (nodejs.org/api/net.html, socket.setKeepAlive). */
const NODE_PROBES_MS = 10 * 1_000;

const seconds = (ms: number) => `${ms / 1_000} s`;
const grace = seconds(CONNECTION_GRACE_MS);
const silentMs = TCP_KEEP_ALIVE_MS + NODE_PROBES_MS;
/** A wait is late, and from then on vCenter counts as away; a probe shows it. */
const lateMs = MAX_WAIT_SECONDS * 1_000 + LATE_MS;

test.each([
  ['vCenter ends or refuses connections, as in a restart', 'at once', `${grace} after that`],
  [
    'The network or the machine of vCenter is gone: nothing answers',
    `within ${seconds(silentMs)}`,
    `${grace} after that: within ${seconds(silentMs + CONNECTION_GRACE_MS)}`,
  ],
  [
    'vCenter takes connections, and answers no call',
    `within ${seconds(lateMs + PROBE_TIMEOUT_MS)}`,
    `within ${seconds(lateMs + Math.max(PROBE_TIMEOUT_MS, CONNECTION_GRACE_MS))}`,
  ],
])('the page tells how soon a group shows it: %s', (...cells) => {
  expect(pageText(PAGE), `Correct the table in ${PAGE}.`).toContain(`| ${cells.join(' | ')} |`);
});
