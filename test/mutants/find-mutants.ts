/** All mutants of one file, in the order of its text. */

import type { Position } from './change';
import { type Mutant, type MutantKind, toldReplacement } from './mutant';
import { changesOf } from './operators';
import { child, isNode, type Parser, type Span, type SyntaxNode, textOf } from './syntax';

export interface SourceFile {
  /** From the root of the project. */
  readonly file: string;
  readonly source: string;
}

/** Below these keys stand types, and names that no expression may replace. */
const NO_EXPRESSIONS: ReadonlySet<string> = new Set([
  ...['typeAnnotation', 'typeArguments', 'typeParameters', 'returnType', 'superTypeArguments', 'implements'],
  ...['parent', 'regex', 'decorators', 'quasis', 'label'],
]);
const NO_CODE = /^(Import|ExportAll|TS(Type|Interface|Enum|Module|Declare|Abstract))/;

export function findMutants({ file, source }: SourceFile, parse: Parser, firstId = 1): readonly Mutant[] {
  const found: Mutant[] = [];
  const add = (kind: MutantKind, span: Span, replacement: string, host: Span) => {
    if (textOf(source, span) === replacement) return;
    if (found.some((other) => sameSpan(other.span, span) && other.replacement === replacement)) return;
    const line = source.slice(0, span.start).split('\n').length;
    const code = (source.split('\n')[line - 1] ?? '').trim();
    const told = toldReplacement(replacement);
    found.push({ id: firstId + found.length, file, kind, span, replacement, host, line, code, told });
  };
  visit(parse(source), { source, position: 'Value', chain: undefined, add });
  return found;
}

interface Visit {
  readonly source: string;
  readonly position: Position;
  /** The whole optional chain while its links are visited: a link cannot be replaced alone, for `?.` ends the whole chain. */
  readonly chain: SyntaxNode | undefined;
  readonly add: (kind: MutantKind, span: Span, replacement: string, host: Span) => void;
}

function visit(node: SyntaxNode, at: Visit): void {
  if (NO_CODE.test(node.type)) return;
  if (isDirective(node)) return;
  const { source, add, chain } = at;
  if (node.type === 'ChainExpression') {
    const link = child(node, 'expression');
    if (link !== undefined) visit(link, { ...at, chain: node });
    return;
  }
  const host = chain ?? node;
  for (const { kind, replacement } of changesOf(node, source, at.position)) add(kind, node, replacement, host);
  if (chain !== undefined && node.optional === true) addUnchained(node, chain, at);
  if (node.type === 'BlockStatement' && !isEmpty(node)) add('block emptied', node, '{}', node);
  for (const [key, value] of Object.entries(node)) {
    if (NO_EXPRESSIONS.has(key) || isPlainKey(node, key)) continue;
    for (const below of Array.isArray(value) ? value : [value]) {
      if (!isNode(below)) continue;
      const isLink = chain !== undefined && (key === 'object' || key === 'callee');
      visit(below, { ...at, position: positionOf(node, key), chain: isLink ? chain : undefined });
    }
  }
}

/** `a?.b` becomes `a.b`, and `a?.[b]` becomes `a[b]`. */
function addUnchained(node: SyntaxNode, chain: SyntaxNode, { source, add }: Visit): void {
  const base = child(node, 'object') ?? child(node, 'callee');
  if (base === undefined) return;
  const at = source.indexOf('?.', base.end);
  const follows = source[at + 2];
  const replacement = follows === '[' || follows === '(' ? '' : '.';
  add(
    'optional chaining removed',
    chain,
    `${source.slice(chain.start, at)}${replacement}${source.slice(at + 2, chain.end)}`,
    chain,
  );
}

/** A name in an object literal or a class, or behind a dot. */
function isPlainKey(node: SyntaxNode, key: string): boolean {
  return (key === 'key' || key === 'property') && node.computed !== true;
}

/** `'use strict'`, and what is imported or exported from where. */
function isDirective(node: SyntaxNode): boolean {
  return typeof node.directive === 'string' || (node.type === 'ExportNamedDeclaration' && isNode(node.source));
}

/** A constructor that must call its parent's first stays. */
function isEmpty(node: SyntaxNode): boolean {
  const body = node.body;
  return !Array.isArray(body) || body.length === 0 || body.some((statement) => isSuperCall(statement));
}

function isSuperCall(statement: unknown): boolean {
  if (!isNode(statement) || statement.type !== 'ExpressionStatement') return false;
  const call = child(statement, 'expression');
  return call?.type === 'CallExpression' && child(call, 'callee')?.type === 'Super';
}

function positionOf(node: SyntaxNode, key: string): Position {
  if (key === 'test' && /^(If|Conditional)/.test(node.type)) return 'Test';
  if (key === 'test' && /^(For|While|DoWhile)/.test(node.type)) return 'LoopTest';
  if (node.type === 'LogicalExpression' && node.operator !== '??') return 'Operand';
  // `!a` is mutated as a whole.
  if (node.type === 'UnaryExpression' && node.operator === '!') return 'Operand';
  return 'Value';
}

function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
