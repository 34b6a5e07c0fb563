import { Counter, Histogram, type Registry } from 'prom-client';
import {
  type CallEnd,
  callEndChannel,
  inventoryReadChannel,
  sessionExpiredChannel,
  unreadableValueChannel,
} from '../../vsphere';

/** From a keep-alive over a local network to a call that waits for a connection. A wait for updates lasts up to 60 s. */
const CALL_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
/** Fault types come from the server. A server that invents them must not fill our memory. vim25 has some 700. */
const MOST_CODES = 200;

/** Metrics of the calls to vCenter, from the diagnostics channels. Their labels are methods and faults only (R10). */
export class VsphereMetrics {
  readonly #codes = new Set<string>();
  readonly #seconds: Histogram<'method'>;
  readonly #calls: Counter<'method' | 'code'>;
  readonly #sent: Counter;
  readonly #received: Counter;
  readonly #expired: Counter;
  readonly #unreadable: Counter;
  readonly #inventoryReads: Counter;
  readonly #onCall = (message: unknown) => this.#count(message as CallEnd);
  readonly #onInventoryRead = () => this.#inventoryReads.inc();
  readonly #onExpired = () => this.#expired.inc();
  readonly #onUnreadable = () => this.#unreadable.inc();

  constructor(registry: Registry) {
    const registers = [registry];
    this.#seconds = new Histogram({
      name: 'vsphere_call_duration_seconds',
      help: 'Time of calls to vCenter by method, from the request to the last byte of the answer',
      labelNames: ['method'] as const,
      buckets: CALL_SECONDS,
      registers,
    });
    this.#calls = new Counter({
      name: 'vsphere_calls_total',
      help: 'Calls to vCenter by method and outcome: OK, a fault type of vim25, or a word such as Timeout',
      labelNames: ['method', 'code'] as const,
      registers,
    });
    this.#sent = new Counter({ name: 'vsphere_sent_bytes_total', help: 'Bytes of requests to vCenter', registers });
    this.#received = new Counter({
      name: 'vsphere_received_bytes_total',
      help: 'Bytes of answers from vCenter, compressed where they came so',
      registers,
    });
    this.#expired = new Counter({
      name: 'vsphere_sessions_expired_total',
      help: 'Sessions that vCenter ended while we were using them',
      registers,
    });
    this.#unreadable = new Counter({
      name: 'vsphere_unreadable_values_total',
      help: 'Values from vCenter that could not be read: each concerns one object, which the log names',
      registers,
    });
    this.#inventoryReads = new Counter({
      name: 'vsphere_inventory_reads_total',
      help: 'How often the whole inventory of a vCenter was read: at each connect, also after the stream was lost',
      registers,
    });
    inventoryReadChannel.subscribe(this.#onInventoryRead);
    callEndChannel.subscribe(this.#onCall);
    unreadableValueChannel.subscribe(this.#onUnreadable);
    sessionExpiredChannel.subscribe(this.#onExpired);
  }

  /** Unsubscribes: the channels belong to the process and outlive this object. */
  stop(): void {
    callEndChannel.unsubscribe(this.#onCall);
    unreadableValueChannel.unsubscribe(this.#onUnreadable);
    inventoryReadChannel.unsubscribe(this.#onInventoryRead);
    sessionExpiredChannel.unsubscribe(this.#onExpired);
  }

  #count({ method, code = 'OK', durationMs, requestBytes, responseBytes }: CallEnd): void {
    this.#seconds.observe({ method }, durationMs / 1000);
    this.#calls.inc({ method, code: this.#known(code) });
    this.#sent.inc(requestBytes);
    this.#received.inc(responseBytes);
  }

  #known(code: string): string {
    if (this.#codes.has(code)) return code;
    if (this.#codes.size >= MOST_CODES || !/^\w{1,80}$/.test(code)) return 'Other';
    this.#codes.add(code);
    return code;
  }
}
