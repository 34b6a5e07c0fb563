/** The API page of the constructs, from their docstrings. */
import type { Assembly, AssemblyType, Docs, Method, Property, TypeReference } from './assembly';

/** The page as Markdown: constructs first, then all other types by name. */
export function constructsPage(assembly: Assembly): string {
  const { targets } = assembly;
  const types = Object.values(assembly.types).sort((one, other) => one.name.localeCompare(other.name, 'en'));
  const constructs = types.filter(isConstruct);
  const others = types.filter((type) => !constructs.includes(type));
  return [
    '# The constructs',
    '',
    `Generated from the docstrings by \`npm run generate\`. Import all of it from \`${assembly.name}\`.`,
    '',
    'The same is there in other languages, as the [examples](../examples/README.md) show:',
    '',
    `- Python: \`${targets.python.module}\``,
    `- Java: \`${targets.java.package}\``,
    `- Go: \`${targets.go.moduleName}/${assembly.name.replaceAll('-', '')}\``,
    '',
    ...constructs.flatMap((type) => section(type, assembly)),
    ...others.flatMap((type) => section(type, assembly)),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');
}

function isConstruct(type: AssemblyType): boolean {
  return type.initializer?.parameters?.[0]?.name === 'scope';
}

function section(type: AssemblyType, assembly: Assembly): readonly string[] {
  return [`## ${type.name}`, '', ...prose(type.docs), '', ...example(type.docs), ...membersOf(type, assembly), ''];
}

function membersOf(type: AssemblyType, assembly: Assembly): readonly string[] {
  if (type.kind === 'enum') {
    return [
      '| value | meaning |',
      '|---|---|',
      ...(type.members ?? []).map(({ name, docs }) => `| \`${type.name}.${name}\` | ${cell(docs)} |`),
    ];
  }
  const fields = (type.properties ?? []).filter((property) => property.static !== true);
  return [
    ...(isConstruct(type)
      ? [`\`new ${type.name}(${parameters(type.initializer?.parameters ?? [], assembly)})\``, '']
      : []),
    ...(fields.length === 0
      ? []
      : [
          type.kind === 'interface' ? '| field | type | meaning | default |' : '| property | type | meaning |',
          type.kind === 'interface' ? '|---|---|---|---|' : '|---|---|---|',
          ...fields.map((field) => row(field, type, assembly)),
          '',
        ]),
    ...(type.methods ?? []).flatMap((method) => methodLines(method, type, assembly)),
  ];
}

function row(field: Property, type: AssemblyType, assembly: Assembly): string {
  const maybe = type.kind !== 'interface' && field.optional === true ? ' or undefined' : '';
  const start = `| \`${field.name}\` | ${typeName(field.type, assembly)}${maybe} | ${cell(field.docs)} |`;
  if (type.kind !== 'interface') return start;
  return `${start} ${field.optional === true ? oneLine((field.docs?.default ?? '').replace(/^- /, '')) : '**required**'} |`;
}

function methodLines(method: Method, type: AssemblyType, assembly: Assembly): readonly string[] {
  const receiver = method.static === true ? `${type.name}.` : '.';
  const returns = method.returns === undefined ? '' : `: ${plainType(method.returns.type, assembly)}`;
  return [
    `- \`${receiver}${method.name}(${parameters(method.parameters ?? [], assembly)})${returns}\`: ${cell(method.docs)}`,
    ...(method.parameters ?? [])
      .filter(({ docs }) => docs?.summary !== undefined)
      .map(({ name, docs }) => `  - \`${name}\`: ${cell(docs)}`),
  ];
}

function parameters(all: NonNullable<Method['parameters']>, assembly: Assembly): string {
  return all
    .map(({ name, optional, type }) => `${name}${optional === true ? '?' : ''}: ${plainType(type, assembly)}`)
    .join(', ');
}

function prose({ summary, remarks }: Docs = {}): readonly string[] {
  return [summary ?? '', ...(remarks === undefined ? [] : ['', remarks])];
}

function example({ example }: Docs = {}): readonly string[] {
  if (example === undefined) return [];
  const lines = example.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  return ['```ts', ...lines.map((line) => line.slice(Math.min(...indents))), '```', ''];
}

function cell({ summary, remarks }: Docs = {}): string {
  return oneLine([summary, remarks].filter((part) => part !== undefined).join(' '));
}

function oneLine(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\|/g, '\\|')
    .trim();
}

/** A type with a link, if it is on this page. */
function typeName(type: TypeReference, assembly: Assembly): string {
  const name = plainType(type, assembly);
  const own = ownType(type, assembly);
  return own === undefined ? `\`${name}\`` : `[\`${name}\`](#${own.name.toLowerCase()})`;
}

function ownType(type: TypeReference, assembly: Assembly): AssemblyType | undefined {
  if ('fqn' in type) return assembly.types[type.fqn];
  return 'collection' in type ? ownType(type.collection.elementtype, assembly) : undefined;
}

function plainType(type: TypeReference, assembly: Assembly): string {
  if ('primitive' in type) return type.primitive;
  if ('fqn' in type) return type.fqn.split('.').slice(1).join('.');
  if ('union' in type) return type.union.types.map((one) => plainType(one, assembly)).join(' | ');
  const inner = plainType(type.collection.elementtype, assembly);
  return type.collection.kind === 'array' ? `${inner}[]` : `{ [name]: ${inner} }`;
}
