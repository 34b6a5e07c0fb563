/** What happened to one object, in the words of events.k8s.io/v1. */
export interface RecordedEvent {
  readonly regarding: {
    readonly apiVersion: string;
    readonly kind: string;
    /** Absent or empty for a cluster-scoped object; its events go to the namespace default. */
    readonly namespace?: string;
    readonly name: string;
    readonly uid: string;
  };
  readonly type: 'Normal' | 'Warning';
  /** One CamelCase word: why. At most 128 characters. */
  readonly reason: string;
  /** One CamelCase word: what was done. At most 128 characters. */
  readonly action: string;
  /** For people. Cut at 1024 bytes. Must hold no secret (R10). */
  readonly note: string;
  /**
   * Name of the part of the object that it happened to, such as one machine of a group. The note then says what happened,
   * without a subject. Events that differ in their subject only are gathered into one, whose note begins with the names.
   */
  readonly subject?: string;
}

const WORD_LENGTH = 128;
const NOTE_BYTES = 1024;

/** Where the event goes: beside its object, or into `default` for a cluster-scoped one. */
export function namespaceOf(event: RecordedEvent): string {
  return event.regarding.namespace || 'default';
}

/** The part of an events.k8s.io/v1 Event that says what happened, cut to the limits of the API. */
export function eventBody(event: RecordedEvent, namespace: string, name: string) {
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace },
    regarding: event.regarding,
    type: event.type,
    reason: event.reason.slice(0, WORD_LENGTH),
    action: event.action.slice(0, WORD_LENGTH),
    note: cutToBytes(event.note, NOTE_BYTES),
  };
}

/** Path of the collection that the event belongs to. */
export function pathOf(namespace: string): string {
  return `/apis/events.k8s.io/v1/namespaces/${namespace}/events`;
}

/** metav1.MicroTime takes exactly six digits. */
export function microTime(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z');
}

/** Cuts between characters: the API server refuses half a character. */
function cutToBytes(text: string, limit: number): string {
  if (Buffer.byteLength(text) <= limit) return text;
  const mark = '…';
  const bytes = Buffer.from(text).subarray(0, limit - Buffer.byteLength(mark));
  return bytes.toString('utf8').replace(/\uFFFD+$/, '') + mark;
}
