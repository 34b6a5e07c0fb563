/** The syntax tree of one TypeScript file, as vitest's own parser sees it (ESTree, with nodes for types). */
export interface SyntaxNode {
  readonly type: string;
  /** Offsets into the source, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Throws what the parser says if the source is no TypeScript. */
export type Parser = (source: string) => SyntaxNode;

/** vitest has no CommonJS form, so it is imported when it is needed. */
export async function loadParser(): Promise<Parser> {
  const { parseAst } = await import('vitest/node');
  return (source) => {
    const program: unknown = parseAst(source, { lang: 'ts' });
    if (!isNode(program)) throw new Error('the parser returned no program');
    return program;
  };
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The node below this key; undefined if there is none. */
export function child(node: SyntaxNode, key: string): SyntaxNode | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

export function children(node: SyntaxNode, key: string): readonly SyntaxNode[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textOf(source: string, { start, end }: Span): string {
  return source.slice(start, end);
}
