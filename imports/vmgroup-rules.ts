// Generated from crds/ by `npm run generate`. Do not edit.

import { isIP } from 'node:net';

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
        "replicas": {
          "value": 1
        },
        "clone": {
          "properties": {
            "mode": {
              "value": "Full"
            }
          }
        },
        "placement": {
          "properties": {
            "spread": {
              "properties": {
                "maxSkew": {
                  "value": 1
                },
                "whenUnsatisfiable": {
                  "value": "ScheduleAnyway"
                }
              }
            }
          }
        },
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
    field: ["disks","rootSizeGiB"],
    // !has(self.clone) || self.clone.mode != 'Linked' || !has(self.disks) || !has(self.disks.rootSizeGiB)
    broken: (self) => unless(() => cel.either(() => cel.either(() => cel.either(() => !cel.truth(cel.has(self, "clone")), () => (cel.field(cel.field(self, "clone"), "mode") !== "Linked")), () => !cel.truth(cel.has(self, "disks"))), () => !cel.truth(cel.has(cel.field(self, "disks"), "rootSizeGiB"))), "disks.rootSizeGiB needs clone.mode Full, because the disk of a linked clone cannot grow"),
  },
  {
    at: ["spec"],
    field: ["hardware","coresPerSocket"],
    // !has(self.hardware) || !has(self.hardware.coresPerSocket) || self.cpu % self.hardware.coresPerSocket == 0
    broken: (self) => unless(() => cel.either(() => cel.either(() => !cel.truth(cel.has(self, "hardware")), () => !cel.truth(cel.has(cel.field(self, "hardware"), "coresPerSocket"))), () => ((cel.number(cel.field(self, "cpu")) % cel.number(cel.field(cel.field(self, "hardware"), "coresPerSocket"))) === 0)), "cpu must be a multiple of hardware.coresPerSocket"),
  },
  {
    at: ["spec"],
    field: ["readiness","network"],
    // !has(self.readiness) || !has(self.readiness.network) || (has(self.networks) && self.networks.exists(entry, entry.name == self.readiness.network))
    broken: (self) => unless(() => cel.either(() => cel.either(() => !cel.truth(cel.has(self, "readiness")), () => !cel.truth(cel.has(cel.field(self, "readiness"), "network"))), () => cel.both(() => cel.has(self, "networks"), () => cel.list(cel.field(self, "networks")).some((entry) => cel.truth((cel.field(entry, "name") === cel.field(cel.field(self, "readiness"), "network")))))), "readiness.network must be the name of an entry of networks"),
  },
  {
    at: ["spec","clone"],
    field: ["snapshot"],
    // !has(self.snapshot) || self.mode == 'Linked'
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "snapshot")), () => (cel.field(self, "mode") === "Linked")), "snapshot needs mode Linked; leave it out"),
  },
  {
    at: ["spec","placement"],
    field: ["datastoreCluster"],
    // !has(self.datastoreCluster) || !has(self.datastore)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "datastoreCluster")), () => !cel.truth(cel.has(self, "datastore"))), "give either datastore or datastoreCluster, not both"),
  },
  {
    at: ["spec","placement"],
    field: ["failureDomains"],
    // !has(self.failureDomains) || (!has(self.cluster) && !has(self.resourcePool))
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "failureDomains")), () => cel.both(() => !cel.truth(cel.has(self, "cluster")), () => !cel.truth(cel.has(self, "resourcePool")))), "leave it out, or leave out cluster and resourcePool, because a failure domain says both"),
  },
  {
    at: ["spec","placement","failureDomains"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","networks"],
    field: [],
    broken: (self) => unlessDistinct(self, ["name"]),
  },
  {
    at: ["spec","networks","*"],
    field: ["gateway"],
    // !has(self.gateway) || has(self.addresses)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "gateway")), () => cel.has(self, "addresses")), "gateway needs addresses; a network without them gets its gateway by DHCP"),
  },
  {
    at: ["spec","networks","*"],
    field: ["nameservers"],
    // !has(self.nameservers) || has(self.addresses)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "nameservers")), () => cel.has(self, "addresses")), "nameservers need addresses; a network without them gets its name servers by DHCP"),
  },
  {
    at: ["spec","networks","*","addresses"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","networks","*","addresses","*"],
    field: [],
    // isCIDR(self)
    broken: (self) => unless(() => cel.isCIDR(self), "addresses must be IP addresses with their prefix length, such as 10.0.0.10/24"),
  },
  {
    at: ["spec","networks","*","gateway"],
    field: [],
    // isIP(self)
    broken: (self) => unless(() => cel.isIP(self), "gateway must be an IP address, such as 10.0.0.1"),
  },
  {
    at: ["spec","networks","*","nameservers"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","networks","*","nameservers","*"],
    field: [],
    // isIP(self)
    broken: (self) => unless(() => cel.isIP(self), "nameservers must be IP addresses, such as 10.0.0.53"),
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
    at: ["spec","guest"],
    field: ["ignition"],
    // !has(self.ignition) || !has(self.cloudInit)
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "ignition")), () => !cel.truth(cel.has(self, "cloudInit"))), "give either cloudInit or ignition, not both"),
  },
  {
    at: ["spec","guest"],
    field: ["customizationSpec"],
    // !has(self.customizationSpec) || (!has(self.cloudInit) && !has(self.ignition))
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "customizationSpec")), () => cel.both(() => !cel.truth(cel.has(self, "cloudInit")), () => !cel.truth(cel.has(self, "ignition")))), "give one of cloudInit, ignition and customizationSpec"),
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
    at: ["spec","guest","ignition","config"],
    field: [],
    // has(self.secretKeyRef) != has(self.value)
    broken: (self) => unless(() => (cel.has(self, "secretKeyRef") !== cel.has(self, "value")), "give either secretKeyRef or value"),
  },
  {
    at: ["spec","naming","vmName"],
    field: [],
    // self.contains('$(vm.id)')
    broken: (self) => unless(() => cel.text(self).includes(cel.text("$(vm.id)")), "vmName must contain $(vm.id), so that no two machines have one name"),
  },
  {
    at: ["spec","naming","vmName"],
    field: [],
    // !self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').contains('$')
    broken: (self) => unless(() => !cel.truth(cel.text(cel.text(cel.text(cel.text(cel.text(cel.text(self).split("$(vm.id)").join("xxxxxxxx")).split("$(vm.ordinal)").join("0")).split("$(vm.revision)").join("xxxxxxxxxx")).split("$(group.name)").join("x")).split("$(group.namespace)").join("x")).includes(cel.text("$"))), "vmName may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace)"),
  },
  {
    at: ["spec","naming","vmName"],
    field: [],
    // self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').size() <= 79
    broken: (self) => unless(() => (cel.number(cel.size(cel.text(cel.text(cel.text(cel.text(cel.text(self).split("$(vm.id)").join("xxxxxxxx")).split("$(vm.ordinal)").join("0")).split("$(vm.revision)").join("xxxxxxxxxx")).split("$(group.name)").join("x")).split("$(group.namespace)").join("x"))) <= 79), "vmName must have at most 79 characters once its variables are replaced"),
  },
  {
    at: ["spec","naming","hostname"],
    field: [],
    // self.contains('$(vm.id)') || self.contains('$(vm.ordinal)')
    broken: (self) => unless(() => cel.either(() => cel.text(self).includes(cel.text("$(vm.id)")), () => cel.text(self).includes(cel.text("$(vm.ordinal)"))), "hostname must contain $(vm.id) or $(vm.ordinal), so that no two guests have one name"),
  },
  {
    at: ["spec","naming","hostname"],
    field: [],
    // !self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').contains('$')
    broken: (self) => unless(() => !cel.truth(cel.text(cel.text(cel.text(cel.text(cel.text(cel.text(self).split("$(vm.id)").join("xxxxxxxx")).split("$(vm.ordinal)").join("0")).split("$(vm.revision)").join("xxxxxxxxxx")).split("$(group.name)").join("x")).split("$(group.namespace)").join("x")).includes(cel.text("$"))), "hostname may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace)"),
  },
  {
    at: ["spec","naming","hostname"],
    field: [],
    // self.replace('$(vm.id)', 'xxxxxxxx').replace('$(vm.ordinal)', '0').replace('$(vm.revision)', 'xxxxxxxxxx').replace('$(group.name)', 'x').replace('$(group.namespace)', 'x').size() <= 63
    broken: (self) => unless(() => (cel.number(cel.size(cel.text(cel.text(cel.text(cel.text(cel.text(self).split("$(vm.id)").join("xxxxxxxx")).split("$(vm.ordinal)").join("0")).split("$(vm.revision)").join("xxxxxxxxxx")).split("$(group.name)").join("x")).split("$(group.namespace)").join("x"))) <= 63), "hostname must have at most 63 characters once its variables are replaced"),
  },
  {
    at: ["spec","powerOff"],
    field: ["timeoutSeconds"],
    // self.mode != 'Hard' || !has(self.timeoutSeconds)
    broken: (self) => unless(() => cel.either(() => (cel.field(self, "mode") !== "Hard"), () => !cel.truth(cel.has(self, "timeoutSeconds"))), "timeoutSeconds has no meaning with mode Hard; leave it out"),
  },
  {
    at: ["spec","readiness"],
    field: ["network"],
    // !has(self.network) || self.type == 'IPAddress'
    broken: (self) => unless(() => cel.either(() => !cel.truth(cel.has(self, "network")), () => (cel.field(self, "type") === "IPAddress")), "network needs the type IPAddress; of another type no address counts"),
  },
  {
    at: ["spec","readiness","guestInfo"],
    field: [],
    broken: (self) => unlessDistinct(self, ["key"]),
  },
  {
    at: ["spec","readiness","guestInfo","*"],
    field: ["key"],
    // !self.key.lowerAscii().startsWith('guestinfo.')
    broken: (self) => unless(() => !cel.truth(cel.text(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("guestinfo."))), "give the key without guestinfo., which all keys of a guest begin with"),
  },
  {
    at: ["spec","readiness","guestInfo","*"],
    field: ["key"],
    // !(self.key.lowerAscii() in ['userdata', 'metadata', 'vendordata']) && !self.key.lowerAscii().startsWith('userdata.') && !self.key.lowerAscii().startsWith('metadata.') && !self.key.lowerAscii().startsWith('vendordata.') && !self.key.lowerAscii().startsWith('ignition.')
    broken: (self) => unless(() => cel.both(() => cel.both(() => cel.both(() => cel.both(() => !cel.truth(cel.list(["userdata", "metadata", "vendordata"]).includes(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase()))), () => !cel.truth(cel.text(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("userdata.")))), () => !cel.truth(cel.text(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("metadata.")))), () => !cel.truth(cel.text(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("vendordata.")))), () => !cel.truth(cel.text(cel.text(cel.field(self, "key")).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("ignition.")))), "data that the guest is given is not its answer; choose a key that the guest sets itself"),
  },
  {
    at: ["spec","updateStrategy","rollingUpdate"],
    field: ["maxUnavailable"],
    // !(string(self.maxSurge) in ['0', '0%'] && string(self.maxUnavailable) in ['0', '0%'])
    broken: (self) => unless(() => !cel.truth(cel.both(() => cel.list(["0", "0%"]).includes(String(cel.field(self, "maxSurge"))), () => cel.list(["0", "0%"]).includes(String(cel.field(self, "maxUnavailable"))))), "maxSurge and maxUnavailable cannot both be 0"),
  },
  {
    at: ["spec","extraConfig"],
    field: [],
    broken: (self) => unlessDistinct(self, ["key"]),
  },
  {
    at: ["spec","extraConfig","*","key"],
    field: [],
    // !self.lowerAscii().startsWith('guestinfo.') && !self.lowerAscii().startsWith('codeconnect.')
    broken: (self) => unless(() => cel.both(() => !cel.truth(cel.text(cel.text(self).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("guestinfo."))), () => !cel.truth(cel.text(cel.text(self).replace(/[A-Z]/g, (letter) => letter.toLowerCase())).startsWith(cel.text("codeconnect.")))), "key may not begin with guestinfo. or codeconnect.; data for guests goes to spec.guest"),
  },
  {
    at: ["spec","customAttributes"],
    field: [],
    broken: (self) => unlessDistinct(self, ["name"]),
  },
  {
    at: ["spec","tags"],
    field: [],
    broken: (self) => unlessDistinct(self, ["category","name"]),
  },
  {
    at: ["spec","retire"],
    field: [],
    broken: (self) => unlessDistinct(self, []),
  },
  {
    at: ["spec","adopt"],
    field: [],
    // has(self.machines) || has(self.folder)
    broken: (self) => unless(() => cel.either(() => cel.has(self, "machines"), () => cel.has(self, "folder")), "spec.adopt must have machines or folder"),
  },
];
