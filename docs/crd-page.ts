/** The API page: every field of every kind, from the CRDs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { comparesWithStored } from '../crds/cel';
import { type CrdManifest, type Schema, servedSchema } from '../crds/schema';
import { Annotation } from '../src/api/vm-group';

const CRDS = resolve(__dirname, '../crds');

/** The part of a CRD that only this page shows. */
export interface ServedCrd extends CrdManifest {
  readonly spec: CrdManifest['spec'] & {
    readonly group: string;
    readonly names: { readonly plural: string; readonly shortNames?: readonly string[] };
    readonly versions: readonly ServedVersion[];
  };
}

interface ServedVersion {
  readonly subresources?: {
    readonly status?: object;
    readonly scale?: { readonly specReplicasPath: string; readonly statusReplicasPath: string };
  };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
}

interface PrinterColumn {
  readonly name: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

/** All CRDs of the project: first the kinds of users, which are in namespaces, then those of administrators. */
export function readCrds(): readonly ServedCrd[] {
  const crds: readonly ServedCrd[] = readdirSync(CRDS)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => parse(readFileSync(join(CRDS, file), 'utf8')));
  return ['Namespaced', 'Cluster'].flatMap((scope) => crds.filter(({ spec }) => spec.scope === scope));
}

/** The page as Markdown. */
export function crdPage(crds: readonly ServedCrd[]): string {
  const chapters = crds.map((crd) => ({ crd, levels: levelsOf(crd) }));
  const anchors = anchorsOf(chapters.flatMap(({ levels }) => levels));
  return [
    '# The API',
    '',
    'Every field that a manifest may have and that a status shows. Generated from [crds/](../crds) by `npm run generate`;',
    '`kubectl explain` tells the same.',
    '',
    ...chapters.flatMap(({ crd, levels }) => chapter(crd, levels, anchors)),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');
}

/** An object in the schema that has fields of its own, and so a heading of its own. */
interface Level {
  /** As in spec.networks[]. */
  readonly path: string;
  readonly schema: Schema;
}

/** What the anchor of each level is. Two kinds may have levels of one path, so the object is the key. */
type Anchors = ReadonlyMap<Schema, string>;

function levelsOf(crd: CrdManifest): readonly Level[] {
  const { spec, status } = servedSchema(crd).properties ?? {};
  const walk = (path: string, schema: Schema): readonly Level[] => {
    if (schema.items !== undefined) return walk(`${path}[]`, schema.items);
    if (schema.properties === undefined) return [];
    const inner = Object.entries(schema.properties).flatMap(([name, child]) => walk(`${path}.${name}`, child));
    return [{ path, schema }, ...inner];
  };
  return [...(spec === undefined ? [] : walk('spec', spec)), ...(status === undefined ? [] : walk('status', status))];
}

/** The anchors that GitHub gives the headings: a heading that comes again gets a number. */
function anchorsOf(levels: readonly Level[]): Anchors {
  const seen = new Map<string, number>();
  return new Map(
    levels.map(({ path, schema }) => {
      const slug = path.toLowerCase().replace(/[^a-z0-9]/g, '');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return [schema, times === 0 ? slug : `${slug}-${times}`];
    }),
  );
}

function chapter(crd: ServedCrd, levels: readonly Level[], anchors: Anchors): readonly string[] {
  const root = servedSchema(crd);
  return [
    `## ${crd.spec.names.kind}`,
    '',
    inWords(root),
    '',
    ...facts(crd),
    '',
    ...rules(root),
    ...(crd.spec.names.kind === 'VmGroup' ? annotations() : []),
    ...levels.map(({ path, schema }) => {
      const depth = path.split('.').length - 1;
      return `${'  '.repeat(depth)}- [${path}](#${anchors.get(schema)})`;
    }),
    '',
    ...levels.flatMap((level) => section(level, anchors)),
  ];
}

function facts({ spec }: ServedCrd): readonly string[] {
  const { names, scope, group, versions } = spec;
  const [version] = versions;
  const columns = version?.additionalPrinterColumns ?? [];
  const scale = version?.subresources?.scale;
  return [
    '| | |',
    '|---|---|',
    `| apiVersion | \`${group}/${version?.name}\` |`,
    `| kind | \`${names.kind}\`, ${scope === 'Namespaced' ? 'in a namespace' : 'without a namespace'} |`,
    `| names for kubectl | ${[...(names.shortNames ?? []), names.singular, names.plural].map(code).join(', ')} |`,
    ...(scale === undefined
      ? []
      : [
          `| \`kubectl scale\` | sets ${code(scale.specReplicasPath.slice(1))}, reads ${code(scale.statusReplicasPath.slice(1))} |`,
        ]),
    `| \`kubectl get\` | ${columnList(columns.filter(({ priority = 0 }) => priority === 0))} |`,
    `| \`kubectl get -o wide\` | also ${columnList(columns.filter(({ priority = 0 }) => priority > 0))} |`,
  ];
}

function columnList(columns: readonly PrinterColumn[]): string {
  return columns.map(({ name, jsonPath }) => `${name.toUpperCase()} (${code(jsonPath.slice(1))})`).join(', ');
}

/** A text for each, so that a new annotation does not compile until it has one. */
const ANNOTATIONS: Readonly<Record<keyof typeof Annotation, readonly [values: string, meaning: string]>> = {
  Retry: ['any', 'Each new value tries again at once what waits after a failure.'],
  Legacy: [
    '`Adopt` or `Ignore`',
    'Takes over the folder and the machines that the [original operator](operating.md#the-original-operator) made for this group, or leaves them be.',
  ],
  Adopt: [
    '`Adopt` or `Ignore`',
    "The same for machines of this group's name that an earlier group, or a restored cluster, has left.",
  ],
  ForceOrphan: [
    '`"true"` or `"false"`',
    'Lets a deleted group go and leaves vCenter as it is. For a vCenter that will not come back.',
  ],
};

function annotations(): readonly string[] {
  return [
    'Annotations, set with `kubectl annotate`:',
    '',
    '| annotation | value | does |',
    '|---|---|---|',
    ...Object.entries(ANNOTATIONS).map(
      ([key, [values, meaning]]) => `| ${code(Annotation[key as keyof typeof Annotation])} | ${values} | ${meaning} |`,
    ),
    '',
  ];
}

function section({ path, schema }: Level, anchors: Anchors): readonly string[] {
  const fields = Object.entries(schema.properties ?? {});
  // Nobody writes a status, so nothing there has a default.
  const written = path.startsWith('spec');
  return [
    `${path.includes('.') ? '####' : '###'} ${path}`,
    '',
    inWords(schema),
    '',
    written ? '| field | type | default | limits | meaning |' : '| field | type | limits | meaning |',
    written ? '|---|---|---|---|---|' : '|---|---|---|---|',
    ...fields.map(([name, field]) => {
      const columns = [
        code(name),
        typeOf(field, anchors),
        ...(written ? [defaultOf(field, schema.required?.includes(name) ? 'Required' : 'Optional')] : []),
        limitsOf(field),
        // An object has its whole text under its own heading.
        anchors.has(field) ? (inWords(field).match(/^.*?[.](?= |$)/)?.[0] ?? '') : inWords(field),
      ];
      return `| ${columns.join(' | ')} |`;
    }),
    '',
    ...rules(schema),
  ];
}

function typeOf(field: Schema, anchors: Anchors): string {
  if (field.items !== undefined) {
    const anchor = anchors.get(field.items);
    return anchor === undefined ? `list of ${field.items.type}s` : `[list of objects](#${anchor})`;
  }
  if (typeof field.additionalProperties === 'object') return `map of ${field.additionalProperties.type}s`;
  const anchor = anchors.get(field);
  if (anchor !== undefined) return `[object](#${anchor})`;
  if (field['x-kubernetes-int-or-string']) return 'integer or string';
  return field.format === 'date-time' ? 'time' : `${field.type}`;
}

function defaultOf(field: Schema, presence: 'Required' | 'Optional'): string {
  if (presence === 'Required') return '**required**';
  return field.default === undefined ? '' : code(String(field.default));
}

function limitsOf(field: Schema): string {
  const keys = field['x-kubernetes-list-map-keys'];
  const each = field.items ?? (typeof field.additionalProperties === 'object' ? field.additionalProperties : undefined);
  return [
    rangeOf(field.minimum, field.maximum, ''),
    ...limitsOfText(field),
    rangeOf(field.minItems, field.maxItems ?? field.maxProperties, ' entries'),
    // Objects have their limits under their own heading.
    ...(each === undefined || each.properties !== undefined ? [] : limitsOfText(each).map((limit) => `each ${limit}`)),
    keys === undefined ? '' : `${keys.map(code).join(' and ')} unique`,
    field['x-kubernetes-list-type'] === 'set' ? 'each only once' : '',
  ]
    .filter((limit) => limit !== '')
    .join('; ');
}

function limitsOfText(field: Schema): readonly string[] {
  // What a percentage may be is told by the pattern alone.
  const longest = field['x-kubernetes-int-or-string'] ? undefined : field.maxLength;
  return [
    field.enum === undefined ? '' : field.enum.map((value) => code(String(value))).join(', '),
    rangeOf(field.minLength, longest, ' characters'),
    field.pattern === undefined ? '' : code(field.pattern),
  ].filter((limit) => limit !== '');
}

function rangeOf(least: number | undefined, most: number | undefined, unit: string): string {
  if (most === undefined) return least === undefined ? '' : `at least ${least}${unit}`;
  return least === undefined ? `at most ${most}${unit}` : `${least} to ${most}${unit}`;
}

/** What the CEL rules of an object and of its plain values ask for, by their messages. */
function rules(schema: Schema): readonly string[] {
  const own = (of: Schema) => of['x-kubernetes-validations'] ?? [];
  const plain = Object.values(schema.properties ?? {}).filter(
    ({ properties, items }) => properties === undefined && items?.properties === undefined,
  );
  const all = [...own(schema), ...plain.flatMap((field) => [...own(field), ...own(field.items ?? {})])];
  if (all.length === 0) return [];
  return [
    all.length === 1 ? 'Rule:' : 'Rules:',
    '',
    ...all.map(({ rule, message, optionalOldSelf }) => {
      const onChange = optionalOldSelf !== true && comparesWithStored(rule);
      return `- ${marked(message ?? rule)}${onChange ? ' (judged when the object is changed)' : ''}`;
    }),
    '',
  ];
}

/** The description, with names of fields and its own enum values set as code. */
function inWords({ description = '', enum: values = [] }: Schema): string {
  return marked(description, values.map(String)).replace(/\|/g, '\\|');
}

/** Variables such as $(vm.name), paths such as spec.replicas, and names such as maxSurge. */
const NAMES = /\$\$?\((?:[a-zA-Z.]+\))?|\b[a-z]+(?:\.[a-zA-Z]+)+\b|\b(?!vCenter|vSphere)[a-z][a-z0-9]*[A-Z][A-Za-z]*\b/;

function marked(text: string, values: readonly string[] = []): string {
  const pattern = [NAMES.source, ...values.map((value) => `\\b${value}\\b`)].join('|');
  return text.replace(/\s*\n\s*/g, ' ').replace(new RegExp(pattern, 'g'), (name) => `\`${name}\``);
}

/** A bar would end the cell of a table, in code too. */
function code(text: string): string {
  return `\`${text.replace(/\|/g, '\\|')}\``;
}
