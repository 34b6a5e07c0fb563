/** How well the connection to each vCenter is, as gauges that are read when Prometheus asks. */
import { Gauge, type Registry } from 'prom-client';
import type { VCenterConnection } from '../../vsphere';

export interface ConnectedVCenter {
  /** Of the VCenter object, or (env). */
  readonly name: string;
  readonly connection:
    | Pick<VCenterConnection, 'status' | 'dispatcher' | 'certificate' | 'streamAnsweredAtMs'>
    | undefined;
  /** Whether this process may make changes there, by its Lease. */
  readonly leads: boolean;
}

type Connection = NonNullable<ConnectedVCenter['connection']>;

export function observeConnections(
  registry: Registry,
  vcenters: () => Iterable<ConnectedVCenter>,
  nowMs: () => number,
): void {
  const gauge = (name: string, help: string, read: (connection: Connection, leads: boolean) => number | undefined) =>
    new Gauge({
      ...{ name, help, registers: [registry] },
      labelNames: ['vcenter'] as const,
      collect() {
        this.reset();
        for (const { name: vcenter, connection, leads } of vcenters()) {
          const value = connection && read(connection, leads);
          if (value !== undefined) this.set({ vcenter }, value);
        }
      },
    });
  gauge('vsphere_connected', '1 while the inventory of a vCenter is complete and current', ({ status }) =>
    status.kind === 'Ready' ? 1 : 0,
  );
  gauge('vsphere_leading', '1 in the process that makes changes in a vCenter, by its Lease', (_, leads) =>
    leads ? 1 : 0,
  );
  gauge(
    'vsphere_not_connected_seconds',
    'For how long the inventory of a vCenter has not been complete and current; 0 while it is',
    ({ status }) => (status.kind === 'Ready' ? 0 : (nowMs() - status.sinceMonotonicMs) / 1000),
  );
  new Gauge({
    name: 'vsphere_connection_failure',
    help: '1 with the code of the last failure while a vCenter is not connected for it',
    labelNames: ['vcenter', 'code'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const { name: vcenter, connection } of vcenters())
        if (connection?.status.kind === 'Failed') this.set({ vcenter, code: word(connection.status.error.code) }, 1);
    },
  });
  gauge(
    'vsphere_stream_silence_seconds',
    'Time since vCenter last answered the wait for changes, which it does once a minute at least',
    ({ streamAnsweredAtMs: lastMs }) => (lastMs === undefined ? undefined : (nowMs() - lastMs) / 1000),
  );
  gauge(
    'vsphere_certificate_expiry_timestamp_seconds',
    'End of the certificate that a vCenter showed last, in seconds since 1970',
    // R14: a certificate may have no date.
    ({ certificate }) => {
      const endMs = certificate?.notAfterMs ?? Number.NaN;
      return Number.isNaN(endMs) ? undefined : endMs / 1000;
    },
  );
  new Gauge({
    name: 'vsphere_work',
    help: 'Work for a vCenter by lane (clone, other) and state (waiting, in_flight, overdue, limit)',
    labelNames: ['vcenter', 'lane', 'state'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, connection } of vcenters()) {
        for (const [lane, count] of Object.entries(connection?.dispatcher.counts ?? {})) {
          const labels = { vcenter: name, lane: lane.toLowerCase() };
          this.set({ ...labels, state: 'waiting' }, count.waiting);
          this.set({ ...labels, state: 'in_flight' }, count.inFlight);
          this.set({ ...labels, state: 'overdue' }, count.overdue);
          this.set({ ...labels, state: 'limit' }, count.limit);
        }
      }
    },
  });
}

/** R14: a server that invents fault types makes no series of its own. One per vCenter is there at a time. */
function word(code: string): string {
  return /^\w{1,80}$/.test(code) ? code : 'Other';
}
