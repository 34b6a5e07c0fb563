// Generated from crds/ by `npm run generate`. Do not edit.

/** A value with the defaults of VmGroup filled in, as the API server does before it checks the rules. */
export function withDefaultsOfVmGroup(value: unknown): unknown {
  return filled(value, DEFAULTS);
}

/** One broken rule: the path of the value that has the rule, the field that the rule is about, and its message. */
export interface BrokenRule {
  readonly at: readonly string[];
  readonly field: readonly string[];
  readonly message: string;
}

/**
 * The rules of VmGroup that a value breaks. Its defaults must be filled in. A value that breaks the schema may break
 * rules for that reason alone.
 */
export function brokenRulesOfVmGroup(value: unknown): readonly BrokenRule[] {
  return RULES.flatMap((rule) =>
    valuesAt(value, rule.at).flatMap(({ at, self }) => {
      const broken = rule.broken(self);
      return broken === undefined
        ? []
        : [{ at, field: [...at, ...rule.field, ...broken.within], message: broken.message }];
    }),
  );
}

interface Rule {
  /** Path of the values that have the rule; * is every item of a list. */
  readonly at: readonly string[];
  readonly field: readonly string[];
  readonly broken: (self: unknown) => { readonly within: readonly string[]; readonly message: string } | undefined;
}

interface Defaults {
  readonly value?: unknown;
  readonly properties?: Readonly<Record<string, Defaults>>;
  readonly items?: Defaults;
}

function filled(value: unknown, { properties, items }: Defaults): unknown {
  if (Array.isArray(value)) return items === undefined ? value : value.map((item) => filled(item, items));
  if (!isRecord(value) || properties === undefined) return value;
  const next: Record<string, unknown> = { ...value };
  for (const [name, defaults] of Object.entries(properties)) {
    const given = next[name] ?? defaults.value;
    if (given !== undefined) next[name] = filled(given, defaults);
  }
  return next;
}

interface ValueAt {
  readonly at: readonly string[];
  readonly self: unknown;
}

function valuesAt(value: unknown, path: readonly string[]): readonly ValueAt[] {
  let found: readonly ValueAt[] = [{ at: [], self: value }];
  for (const step of path) {
    found = found.flatMap(({ at, self }): readonly ValueAt[] => {
      if (step === '*') return Array.isArray(self) ? self.map((item, index) => ({ at: [...at, String(index)], self: item })) : [];
      return isRecord(self) && self[step] !== undefined ? [{ at: [...at, step], self: self[step] }] : [];
    });
  }
  return found;
}

/** A rule that ends with an error counts as broken, as on the API server. */
function unless(holds: () => unknown, message: string): ReturnType<Rule['broken']> {
  try {
    return cel.truth(holds()) ? undefined : { within: [], message };
  } catch (error) {
    return { within: [], message: `${message} (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Without keys, the items themselves must be distinct. */
function unlessDistinct(self: unknown, keys: readonly string[]): ReturnType<Rule['broken']> {
  // What is no list breaks the schema, and that is enough.
  if (!Array.isArray(self)) return undefined;
  const seen = new Set<string>();
  for (const [index, item] of self.entries()) {
    const key = JSON.stringify(keys.length === 0 ? item : keys.map((name) => (isRecord(item) ? item[name] : undefined)));
    if (seen.has(key)) {
      const what = keys.length === 0 ? 'it' : `its ${keys.join(' and ')}`;
      return { within: [String(index)], message: `Duplicate value: ${what} must be unique in the list` };
    }
    seen.add(key);
  }
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The functions of CEL. They throw where CEL has an error, such as for a field that is missing. */
const cel = {
  has(value: unknown, name: string): boolean {
    if (!isRecord(value)) throw new Error(`no such field: ${name}`);
    return value[name] !== undefined && value[name] !== null;
  },
  field(value: unknown, name: string): unknown {
    if (!isRecord(value) || value[name] === undefined) throw new Error(`no such field: ${name}`);
    return value[name];
  },
  truth(value: unknown): boolean {
    if (typeof value !== 'boolean') throw new Error('not a boolean');
    return value;
  },
  number(value: unknown): number {
    if (typeof value !== 'number') throw new Error('not a number');
    return value;
  },
  text(value: unknown): string {
    if (typeof value !== 'string') throw new Error('not a text');
    return value;
  },
  list(value: unknown): readonly unknown[] {
    if (!Array.isArray(value)) throw new Error('not a list');
    return value;
  },
  size(value: unknown): number {
    return typeof value === 'string' ? [...value].length : isRecord(value) ? Object.keys(value).length : cel.list(value).length;
  },
  both(left: () => unknown, right: () => unknown): boolean {
    return !cel.either(() => !cel.truth(left()), () => !cel.truth(right()));
  },
  either(left: () => unknown, right: () => unknown): boolean {
    let answer: boolean;
    try {
      answer = cel.truth(left());
    } catch (error) {
      if (cel.truth(right())) return true;
      throw error;
    }
    return answer || cel.truth(right());
  },
};


const DEFAULTS: Defaults = {
  "properties": {
    "spec": {
      "properties": {
        "powerState": {
          "value": "PoweredOn"
        },
        "powerOff": {
          "properties": {
            "mode": {
              "value": "TrySoft"
            }
          }
        },
        "readiness": {
          "properties": {
            "type": {
              "value": "PoweredOn"
            }
          }
        },
        "minReadySeconds": {
          "value": 0
        },
        "progressDeadlineSeconds": {
          "value": 1800
        },
        "updateStrategy": {
          "properties": {
            "type": {
              "value": "RollingUpdate"
            },
            "rollingUpdate": {
              "properties": {
                "maxSurge": {
                  "value": 0
                },
                "maxUnavailable": {
                  "value": 1
                }
              }
            },
            "resizePolicy": {
              "value": "PowerCycle"
            }
          }
        },
        "scaleDown": {
          "properties": {
            "order": {
              "value": "Newest"
            }
          }
        },
        "deletionPolicy": {
          "value": "Delete"
        },
        "paused": {
          "value": false
        }
      }
    }
  }
};

const RULES: readonly Rule[] = [
  {
    at: [],
    field: [],
    // oldSelf.hasValue() || self.metadata.name.size() <= 62
    broken: (self) => unless(() => cel.either(() => false, () => (cel.number(cel.size(cel.field(cel.field(self, "metadata"), "name"))) <= 62)), "metadata.name must have at most 62 characters, because names of virtual machines are made from it"),
  },
  {
    at: ["spec"],
    field: ["progressDeadlineSeconds"],
    // self.progressDeadlineSeconds > self.minReadySeconds
    broken: (self) => unless(() => (cel.number(cel.field(self, "progressDeadlineSeconds")) > cel.number(cel.field(self, "minReadySeconds"))), "progressDeadlineSeconds must be greater than minReadySeconds"),
  },
  {
    at: ["spec"],
    field: ["hardware","coresPerSocket"],
    // !has(self.hardware) || !has(self.hardware.coresPerSocket) || self.cpu % self.hardware.coresPerSocket == 0
    broken: (self) => unless(() => cel.either(() => cel.either(() => !cel.truth(cel.has(self, "hardware")), () => !cel.truth(cel.has(cel.field(self, "hardware"), "coresPerSocket"))), () => ((cel.number(cel.field(self, "cpu")) % cel.number(cel.field(cel.field(self, "hardware"), "coresPerSocket"))) === 0)), "cpu must be a multiple of hardware.coresPerSocket"),
  },
  {
    at: ["spec","networks"],
    field: [],
    broken: (self) => unlessDistinct(self, ["name"]),
  },
  {
    at: ["spec","disks","extra"],
    field: [],
    broken: (self) => unlessDistinct(self, ["name"]),
  },
  {
    at: ["spec","disks","extra","*"],
    field: ["name"],
    // self.name != 'root'
    broken: (self) => unless(() => (cel.field(self, "name") !== "root"), "name cannot be root, which is the root disk"),
  },
  {
    at: ["spec","guest","cloudInit","userData"],
    field: [],
    // has(self.secretKeyRef) != has(self.value)
    broken: (self) => unless(() => (cel.has(self, "secretKeyRef") !== cel.has(self, "value")), "give either secretKeyRef or value"),
  },
  {
    at: ["spec","guest","cloudInit","metadata"],
    field: [],
    // has(self.secretKeyRef) != has(self.value)
    broken: (self) => unless(() => (cel.has(self, "secretKeyRef") !== cel.has(self, "value")), "give either secretKeyRef or value"),
  },
  {
    at: ["spec","powerOff"],
    field: ["timeoutSeconds"],
    // self.mode != 'Hard' || !has(self.timeoutSeconds)
    broken: (self) => unless(() => cel.either(() => (cel.field(self, "mode") !== "Hard"), () => !cel.truth(cel.has(self, "timeoutSeconds"))), "timeoutSeconds has no meaning with mode Hard; leave it out"),
  },
  {
    at: ["spec","updateStrategy","rollingUpdate"],
    field: ["maxUnavailable"],
    // !(string(self.maxSurge) in ['0', '0%'] && string(self.maxUnavailable) in ['0', '0%'])
    broken: (self) => unless(() => !cel.truth(cel.both(() => cel.list(["0", "0%"]).includes(String(cel.field(self, "maxSurge"))), () => cel.list(["0", "0%"]).includes(String(cel.field(self, "maxUnavailable"))))), "maxSurge and maxUnavailable cannot both be 0"),
  },
  {
    at: ["spec","retire"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
];
