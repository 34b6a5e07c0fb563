// Generated from crds/ by `npm run generate`. Do not edit.

import { isIP } from 'node:net';

/** A value with the defaults of VCenter filled in, as the API server does before it checks the rules. */
export function withDefaultsOfVCenter(value: unknown): unknown {
  return filled(value, DEFAULTS);
}

/** One broken rule: the path of the value that has the rule, the field that the rule is about, and its message. */
export interface BrokenRule {
  readonly at: readonly string[];
  readonly field: readonly string[];
  readonly message: string;
}

/**
 * The rules of VCenter that a value breaks. Its defaults must be filled in. A value that breaks the schema may break
 * rules for that reason alone.
 */
export function brokenRulesOfVCenter(value: unknown): readonly BrokenRule[] {
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
  /** The API server refuses IPv4 in IPv6 and zones (k8s.io/apiserver/pkg/cel/library/ip.go). */
  isIP(value: unknown): boolean {
    const text = cel.text(value);
    const isMapped = /^[0:]*:ffff:([0-9]+\.[0-9.]+|[0-9a-f]+:[0-9a-f]+)$/i.test(text);
    return isIP(text) !== 0 && !text.includes('%') && !isMapped;
  },
  isCIDR(value: unknown): boolean {
    const [address = '', length = '', ...rest] = cel.text(value).split('/');
    const most = address.includes(':') ? 128 : 32;
    return rest.length === 0 && cel.isIP(address) && /^(0|[1-9][0-9]{0,2})$/.test(length) && Number(length) <= most;
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
        "endpoint": {
          "properties": {
            "port": {
              "value": 443
            }
          }
        },
        "credentials": {
          "properties": {
            "method": {
              "value": "Password"
            }
          }
        },
        "tls": {
          "properties": {
            "insecureSkipVerify": {
              "value": false
            }
          }
        }
      }
    }
  }
};

const RULES: readonly Rule[] = [
  {
    at: ["spec","endpoint"],
    field: ["host"],
    // !self.host.contains('/')
    broken: (self) => unless(() => !cel.truth(cel.text(cel.field(self, "host")).includes(cel.text("/"))), "host is a DNS name or an IP address; leave out https:// and the path"),
  },
  {
    at: ["spec","tls"],
    field: ["insecureSkipVerify"],
    // !self.insecureSkipVerify || (!has(self.caBundle) && !has(self.sha256Fingerprints))
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.field(self, "insecureSkipVerify")), () => cel.both(() => !cel.truth(cel.has(self, "caBundle")), () => !cel.truth(cel.has(self, "sha256Fingerprints")))), "insecureSkipVerify accepts any certificate; leave it out, or leave out caBundle and sha256Fingerprints"),
  },
  {
    at: ["spec","tls"],
    field: ["caBundle"],
    // !has(self.caBundle) || self.caBundle.contains('-----BEGIN CERTIFICATE-----')
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "caBundle")), () => cel.text(cel.field(self, "caBundle")).includes(cel.text("-----BEGIN CERTIFICATE-----"))), "caBundle holds no certificate; give PEM text, with -----BEGIN CERTIFICATE-----"),
  },
  {
    at: ["spec","tls","sha256Fingerprints"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","namespaceSelector","matchExpressions","*"],
    field: ["values"],
    // (self.operator in ['In', 'NotIn']) == (has(self.values) && self.values.size() > 0)
    broken: (self) => unless(() => (cel.list(["In", "NotIn"]).includes(cel.field(self, "operator")) === cel.both(() => cel.has(self, "values"), () => (cel.number(cel.size(cel.field(self, "values"))) > 0))), "give values with the operators In and NotIn, and none with Exists and DoesNotExist"),
  },
  {
    at: ["spec","defaults","placement"],
    field: ["datastoreCluster"],
    // !has(self.datastoreCluster) || !has(self.datastore)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "datastoreCluster")), () => !cel.truth(cel.has(self, "datastore"))), "give either datastore or datastoreCluster, not both"),
  },
  {
    at: ["spec","failureDomains"],
    field: [],
    broken: (self) => unlessDistinct(self, ["name"]),
  },
  {
    at: ["spec","failureDomains","*"],
    field: ["cluster"],
    // has(self.cluster) || has(self.resourcePool)
    broken: (self) => unless(() => cel.either(() => cel.has(self, "cluster"), () => cel.has(self, "resourcePool")), "give cluster or resourcePool, which say where machines of the failure domain run"),
  },
  {
    at: ["spec","failureDomains","*"],
    field: ["datastoreCluster"],
    // !has(self.datastoreCluster) || !has(self.datastore)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "datastoreCluster")), () => !cel.truth(cel.has(self, "datastore"))), "give either datastore or datastoreCluster, not both"),
  },
  {
    at: ["spec","failureDomains","*"],
    field: ["hostGroup"],
    // !has(self.hostGroup) || has(self.cluster)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "hostGroup")), () => cel.has(self, "cluster")), "give cluster with hostGroup, which names a host group of that cluster"),
  },
  {
    at: ["spec","allowed","templates"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","resourcePools"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","folders"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","datastores"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","networks"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","storagePolicies"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","tags"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","extraConfigKeys"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","customizationSpecs"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","allowed","adoptableMachines"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
];
