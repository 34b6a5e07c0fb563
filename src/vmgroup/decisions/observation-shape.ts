/**
 * R14: a dump may come from anywhere. Before anything is decided from it, its parts have the shape that the code relies on.
 * What is no more than shown, or has a type that no text or number can break, is not looked at.
 */

/** Says where a value has another shape; undefined if it fits. `at` is the path of the value. */
type Shape = (value: unknown, at: string) => string | undefined;

const kind =
  (what: string, fits: (value: unknown) => boolean): Shape =>
  (value, at) =>
    fits(value) ? undefined : `${at} is not ${what}`;

const text = kind('a text', (value) => typeof value === 'string');
const flag = kind('true or false', (value) => typeof value === 'boolean');
const number = kind('a number', (value) => typeof value === 'number');
const ordinal = kind('a whole number from 0 on', (value) => Number.isInteger(value) && Number(value) >= 0);
const texts = record(text);

function oneOf(...words: readonly string[]): Shape {
  return kind(`one of ${words.join(', ')}`, (value) => words.some((word) => word === value));
}

function list(item: Shape): Shape {
  return (value, at) => {
    if (!Array.isArray(value)) return `${at} is not a list`;
    for (const [index, one] of value.entries()) {
      const wrong = item(one, `${at}[${index}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object with any keys. */
function record(item: Shape): Shape {
  return (value, at) => {
    if (!isObject(value)) return `${at} is not an object`;
    for (const [key, one] of Object.entries(value)) {
      const wrong = item(one, `${at}.${key}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object with these fields, and perhaps others. */
function object(fields: Readonly<Record<string, Shape>>): Shape {
  return (value, at) => {
    if (!isObject(value)) return `${at} is not an object`;
    for (const [name, shape] of Object.entries(fields)) {
      const wrong = shape(Object.hasOwn(value, name) ? value[name] : undefined, `${at}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

function optional(shape: Shape): Shape {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

/** An entry of a map. */
function entry(item: Shape): Shape {
  return (value, at) => {
    if (!Array.isArray(value) || value.length !== 2) return `${at} is not a pair`;
    return text(value[0], `${at}[0]`) ?? item(value[1], `${at}[1]`);
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ref = object({ type: text, value: text });
const moment = object({ wallMs: number, monotonicMs: number });
const slot = object({ ordinal, revision: text });
const details = object({
  ...{ toolsRunning: flag, ipAddresses: list(text), cpuHotAdd: flag, memoryHotAdd: flag },
  adapters: optional(list(object({ key: number, ipAddresses: list(text) }))),
});
const machine = object({
  ...{ ref, name: text, powerState: text, connectionState: text, extraConfig: texts },
  ...{ parent: optional(ref), host: optional(ref), resourcePool: optional(ref), datastores: optional(list(ref)) },
  ...{ numCpu: optional(number), memoryMiB: optional(number), instanceUuid: optional(text) },
  ...{ details: optional(details), guestInfo: optional(texts) },
});
const replica = object({
  ...{ slot, machine, host: optional(text), readySince: optional(moment), failureDomain: optional(text) },
  ...{ cluster: optional(ref), disks: optional(text) },
});
const failure = {
  ...{ class: text, reason: text, message: text, since: moment, attempts: number, failedAtMs: number },
  ...{
    retryAt: moment,
    wakeToken: text,
    failureDomain: optional(text),
    only: optional(text),
    ofUnknownStep: optional(flag),
  },
};
const fault = object({ ...failure, beside: optional(list(object(failure))) });
const known = object({ ref, slot, name: text, isShown: flag, failureDomain: optional(text) });
const operation = object({
  ...{ key: text, operation: text, sentAt: moment, state: oneOf('Sent', 'Done', 'Unknown'), stateSinceMs: number },
  ...{ slot: optional(slot), machine: optional(ref), task: optional(ref), template: optional(ref) },
  ...{ machineName: optional(text), folderName: optional(text), folderParent: optional(ref), disks: optional(text) },
  ...{ failureDomain: optional(text), size: optional(object({ numCpu: number, memoryMiB: number })) },
});
const problem = object({ reason: text, field: text, message: text });
const place = object({ ref, path: text });
const placement = object({
  ...{ problems: list(problem), resourcePool: optional(ref), datastore: optional(ref), networks: optional(list(ref)) },
  ...{ template: optional(place), confinedTo: optional(place), datacenter: optional(object({ ref, name: text })) },
  parentFolder: optional(object({ kind: oneOf('Found', 'Missing'), path: text })),
  storagePolicy: optional(object({ name: text, field: text })),
  domains: optional(
    list(object({ name: text, problems: list(problem), resourcePool: optional(ref), hostGroup: optional(text) })),
  ),
});
const amount = object({ vms: number, cpu: number, memoryMiB: number });
const usage = object({ namespace: amount, total: amount });
const most = optional(object({ vms: optional(number), cpu: optional(number), memoryGiB: optional(number) }));
const orphan = object({ machine, owner: optional(object({ group: text, groupUid: text, slot })) });

const shape = object({
  ...{ guestId: text, firmware: optional(text), adapters: number },
  disks: list(object({})),
});
const inspection = object({ machine, atMs: number, shape: optional(shape), task: optional(text) });
const candidate = object({
  ...{ name: text, machine: optional(machine), inspection: optional(inspection) },
  refusal: optional(object({ code: text, message: text })),
});
const adoption = object({
  ...{ revision: text, isFulfilled: flag, candidates: list(candidate), folder: optional(ref) },
  template: optional(object({ machine, inspection: optional(inspection) })),
});

/** Of what recorded-observation.ts writes. The group is read by readable-group.ts. */
const observation = object({
  group: object({
    metadata: object({ name: text, namespace: text, uid: text, generation: optional(number) }),
    spec: object({}),
    status: optional(object({})),
  }),
  ...{ now: moment, clusterId: text, placement, replicas: list(replica), unreadable: list(machine) },
  vcenter: object({ kind: oneOf('Ready', 'Unavailable'), name: text }),
  folder: object({ kind: oneOf('Found', 'Missing'), ref: optional(ref), path: optional(text) }),
  known: object({ machines: list(known), folder: optional(place) }),
  ...{ blindSpot: optional(text), hadMachine: list(text), foreignNames: list(text), lookedIntoFolder: flag },
  orphans: object({
    kind: oneOf('None', 'Legacy', 'Restored'),
    ...{ machines: optional(list(orphan)), refused: optional(list(orphan)), others: optional(list(machine)) },
  }),
  adoption: optional(adoption),
  ...{ inFlight: list(operation), faults: list(entry(fault)), fullDomains: optional(list(entry(fault))) },
  repairs: list(entry(object({ lastMs: number, count: number }))),
  written: list(entry(list(text))),
  hostRules: optional(list(entry(object({ wish: text, isLeft: flag, onHosts: list(text), atMs: number })))),
  heldAddresses: list(entry(list(object({})))),
  ...{ hotAddRefused: list(entry(text)), resizing: flag, unclaimedClones: flag, uninstalling: flag },
  ...{ progressedAtMs: optional(number), predecessorQuietAtMs: optional(number) },
  room: optional(
    object({
      limits: object({ perVM: most, perNamespace: most, total: most }),
      ...{ source: text, used: usage, present: usage, isUncertain: flag },
    }),
  ),
});

const plan = object({
  actions: list(object({ kind: text })),
  ...{ keep: list(text), leaving: record(text), restarting: list(text), requeueAtMs: optional(number) },
  waiting: optional(object({ why: record(text) })),
});

const decision = object({
  observed: observation,
  digests: object({ revision: text, extraConfig: optional(text), customAttributes: optional(text) }),
  plan,
  status: optional(object({ fields: object({}), replicas: optional(list(kind('a replica', isReplica))) })),
  reportedFaults: optional(list(entry(fault))),
  skipped: ordinal,
});

function isReplica(value: unknown): boolean {
  return typeof value === 'number' ? Number.isInteger(value) && value >= 0 : isObject(value);
}

/** Says where what a line of a dump holds is no decision; undefined if it is one. */
export function wrongInDecision(value: unknown): string | undefined {
  return decision(value, 'it');
}
