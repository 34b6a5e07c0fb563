/**
 * Writes the part of a CRD's schema that an OpenAPI validator does not check as TypeScript: defaults, keys of lists, and
 * CEL rules. Rules that compare with the stored object are left out, because synth has no stored object. The API server
 * checks them.
 */
import { comparesWithStored, ruleToTypeScript } from './cel';
import type { Json, Schema } from './schema';

/** The module `<kind>-rules.ts`. */
export function rulesModule(kind: string, schema: Schema): string {
  return [
    "import { isIP } from 'node:net';",
    '',
    `/** A value with the defaults of ${kind} filled in, as the API server does before it checks the rules. */`,
    `export function withDefaultsOf${kind}(value: unknown): unknown {`,
    '  return filled(value, DEFAULTS);',
    '}',
    '',
    '/** One broken rule: the path of the value that has the rule, the field that the rule is about, and its message. */',
    'export interface BrokenRule {',
    '  readonly at: readonly string[];',
    '  readonly field: readonly string[];',
    '  readonly message: string;',
    '}',
    '',
    '/**',
    ` * The rules of ${kind} that a value breaks. Its defaults must be filled in. A value that breaks the schema may break`,
    ' * rules for that reason alone.',
    ' */',
    `export function brokenRulesOf${kind}(value: unknown): readonly BrokenRule[] {`,
    '  return RULES.flatMap((rule) =>',
    '    valuesAt(value, rule.at).flatMap(({ at, self }) => {',
    '      const broken = rule.broken(self);',
    '      return broken === undefined',
    '        ? []',
    '        : [{ at, field: [...at, ...rule.field, ...broken.within], message: broken.message }];',
    '    }),',
    '  );',
    '}',
    '',
    RUNTIME,
    `const DEFAULTS: Defaults = ${JSON.stringify(defaultsOf(schema) ?? {}, null, 2)};`,
    '',
    'const RULES: readonly Rule[] = [',
    ...rulesOf(schema, []),
    '];',
    '',
  ].join('\n');
}

interface Defaults {
  value?: Json;
  properties?: Record<string, Defaults>;
  items?: Defaults;
}

/** The part of a schema that leads to defaults. */
function defaultsOf(schema: Schema): Defaults | undefined {
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const inner = defaultsOf(child);
    return inner === undefined ? [] : [[name, inner] as const];
  });
  const items = schema.items === undefined ? undefined : defaultsOf(schema.items);
  if (schema.default === undefined && properties.length === 0 && items === undefined) return undefined;
  return {
    ...(schema.default === undefined ? {} : { value: schema.default }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(items === undefined ? {} : { items }),
  };
}

function rulesOf(schema: Schema, at: readonly string[]): readonly string[] {
  const own = (schema['x-kubernetes-validations'] ?? [])
    .filter(({ rule, optionalOldSelf }) => optionalOldSelf === true || !comparesWithStored(rule))
    .map(({ rule, message, fieldPath }) =>
      entry(at, (fieldPath ?? '').split('.').slice(1), [
        `// ${rule.trim()}`,
        `broken: (self) => unless(() => ${ruleToTypeScript(rule)}, ${JSON.stringify(message ?? `failed rule: ${rule}`)}),`,
      ]),
    );
  const keys = schema['x-kubernetes-list-map-keys'];
  const lists =
    schema['x-kubernetes-list-type'] === 'map' && keys !== undefined
      ? [entry(at, [], [`broken: (self) => unlessDistinct(self, ${JSON.stringify(keys)}),`])]
      : schema['x-kubernetes-list-type'] === 'set'
        ? [entry(at, [], ['broken: (self) => unlessDistinct(self, []),'])]
        : [];
  return [
    ...own,
    ...lists,
    ...Object.entries(schema.properties ?? {})
      // Only the operator writes the status, so no manifest has one.
      .filter(([name]) => at.length > 0 || name !== 'status')
      .flatMap(([name, child]) => rulesOf(child, [...at, name])),
    ...(schema.items === undefined ? [] : rulesOf(schema.items, [...at, '*'])),
  ];
}

function entry(at: readonly string[], field: readonly string[], lines: readonly string[]): string {
  return [
    '{',
    `  at: ${JSON.stringify(at)},`,
    `  field: ${JSON.stringify(field)},`,
    ...lines.map((line) => `  ${line}`),
    '},',
  ]
    .map((line) => `  ${line}`)
    .join('\n');
}

/** The code that the generated rules call. */
const RUNTIME = `interface Rule {
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
    return { within: [], message: \`\${message} (\${error instanceof Error ? error.message : String(error)})\` };
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
      const what = keys.length === 0 ? 'it' : \`its \${keys.join(' and ')}\`;
      return { within: [String(index)], message: \`Duplicate value: \${what} must be unique in the list\` };
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
    if (!isRecord(value)) throw new Error(\`no such field: \${name}\`);
    return value[name] !== undefined && value[name] !== null;
  },
  field(value: unknown, name: string): unknown {
    if (!isRecord(value) || value[name] === undefined) throw new Error(\`no such field: \${name}\`);
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
    const isMapped = /^[0:]*:ffff:([0-9]+\\.[0-9.]+|[0-9a-f]+:[0-9a-f]+)$/i.test(text);
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

`;
