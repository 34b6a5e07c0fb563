/** Reads the OpenAPI schema of a CRD and prepares it for the generators. */

/** Any value that JSON and YAML can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** The part of an OpenAPI v3 structural schema that our CRDs use. */
export interface Schema {
  type?: SchemaType | SchemaType[];
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
  enum?: Json[];
  default?: Json;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
  pattern?: string;
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
  tsType?: string;
  'x-kubernetes-validations'?: { rule: string; message?: string; fieldPath?: string; optionalOldSelf?: boolean }[];
  'x-kubernetes-list-type'?: 'atomic' | 'map' | 'set';
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-int-or-string'?: boolean;
}

export interface CrdManifest {
  spec: {
    scope: 'Namespaced' | 'Cluster';
    names: { kind: string; singular: string };
    versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
  };
}

/** The schema of the only version of a CRD. */
export function servedSchema(crd: CrdManifest): Schema {
  const [version, ...others] = crd.spec.versions;
  if (version === undefined || others.length > 0) {
    throw new Error(`${crd.spec.names.kind}: expected exactly one version, found ${crd.spec.versions.length}`);
  }
  return version.schema.openAPIV3Schema;
}

/**
 * The schema of objects that the API server has stored, which is how the operator sees them. Nested objects get names,
 * a field with a default is required, comments describe limits and CEL rules, and metadata is ObjectMeta.
 */
export function typesSchema({ names, scope }: CrdManifest['spec'], schema: Schema): Schema {
  const walk = (node: Schema, title: string): Schema => {
    const next: Schema = { ...node, description: describe(node) };
    delete next.default;
    if (node.type === 'object' && node.properties !== undefined) {
      next.title = title;
      next.additionalProperties = false;
      next.properties = Object.fromEntries(
        Object.entries(node.properties).map(([name, child]) => [name, walk(child, title + capitalize(name))]),
      );
      const defaulted = Object.entries(node.properties).filter(([, child]) => child.default !== undefined);
      next.required = [...new Set([...(node.required ?? []), ...defaulted.map(([name]) => name)])];
    }
    if (node.items !== undefined) next.items = walk(node.items, singular(title));
    if (node.enum !== undefined) next.title = title;
    if (node['x-kubernetes-int-or-string']) {
      next.tsType = 'number | string';
      delete next.anyOf;
    }
    return next;
  };
  const root = walk(schema, names.kind);
  return {
    ...root,
    required: ['metadata', ...(root.required ?? [])],
    properties: {
      ...root.properties,
      metadata: { tsType: objectMeta(scope), description: 'Standard object metadata.' },
    },
  };
}

/** The schema for checking what a person writes. It refuses unknown fields, as `kubectl --validate=strict` does. */
export function validatorSchema(schema: Schema): Schema {
  const walk = (node: Schema): Schema => {
    const next: Schema = {};
    for (const key of CHECKED_KEYWORDS) if (node[key] !== undefined) Object.assign(next, { [key]: node[key] });
    if (node.properties !== undefined) {
      next.additionalProperties = false;
      next.properties = Object.fromEntries(Object.entries(node.properties).map(([name, child]) => [name, walk(child)]));
    }
    if (node.items !== undefined) next.items = walk(node.items);
    if (typeof node.additionalProperties === 'object') next.additionalProperties = walk(node.additionalProperties);
    if (node['x-kubernetes-int-or-string']) {
      // For a value of neither type, this gives one violation where anyOf would give three.
      delete next.anyOf;
      next.type = ['integer', 'string'];
    }
    return next;
  };
  const root = walk(schema);
  return { ...root, properties: { ...root.properties, metadata: { type: 'object' }, status: {} } };
}

const CHECKED_KEYWORDS = [
  'type',
  'required',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'maxProperties',
  'pattern',
  'anyOf',
] as const satisfies (keyof Schema)[];

const objectMeta = (scope: CrdManifest['spec']['scope']) => `{
  readonly name: string;${scope === 'Namespaced' ? '\n  readonly namespace: string;' : ''}
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}`;

function describe(node: Schema): string {
  const limits = [
    node.default !== undefined ? `Default: ${JSON.stringify(node.default)}.` : '',
    rangeOf(node),
    node.maxLength !== undefined ? `Length: ${node.minLength ?? 0}..${node.maxLength} characters.` : '',
    node.maxItems !== undefined ? itemsOf(node.maxItems, node.minItems) : '',
    node.maxProperties !== undefined ? `At most ${node.maxProperties} entries.` : '',
    ...(node['x-kubernetes-validations'] ?? []).map(({ rule, message }) => `Rule: ${message ?? rule}.`),
  ].filter((line) => line !== '');
  return [node.description ?? '', ...limits].join('\n\n').trim();
}

function itemsOf(most: number, least = 0): string {
  return least === 0 ? `At most ${most} items.` : `${least} to ${most} items.`;
}

function rangeOf({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `Range: ${minimum}..${maximum}.`;
  if (minimum !== undefined) return `At least ${minimum}.`;
  return maximum !== undefined ? `At most ${maximum}.` : '';
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const singular = (word: string): string => word.replace(/s$/, '');
