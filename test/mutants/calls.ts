/** Mutants of a call of a method. */
import type { Change, Position } from './change';
import { child, children, type SyntaxNode, textOf } from './syntax';

/** What is left out: the object of the call stands for its result. */
const REMOVED: ReadonlySet<string> = new Set([
  ...['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'concat'],
  ...['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'substring', 'replace', 'replaceAll'],
]);

const CHANGED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    toLowerCase: 'toUpperCase',
    toUpperCase: 'toLowerCase',
    min: 'max',
    max: 'min',
    find: 'findLast',
    findLast: 'find',
    ceil: 'floor',
    floor: 'ceil',
  }),
);

/** They answer yes or no. */
const ASKS: ReadonlySet<string> = new Set(['has', 'includes', 'test', 'isArray', 'isInteger']);

export function isMethodCall(node: SyntaxNode): boolean {
  const callee = child(node, 'callee');
  return callee?.type === 'MemberExpression' && callee.computed === false;
}

export function mutatedCall(node: SyntaxNode, source: string, position: Position): readonly Change[] {
  const callee = child(node, 'callee');
  const object = callee && child(callee, 'object');
  const property = callee && child(callee, 'property');
  if (callee === undefined || object === undefined || property === undefined) return [];
  const name = textOf(source, property);
  const changes: Change[] = [];
  if (REMOVED.has(name)) changes.push({ kind: 'call removed', replacement: `(${textOf(source, object)})` });
  const other = CHANGED.get(name);
  if (other !== undefined && children(node, 'arguments').length >= fewest(name)) {
    const [before, after] = [source.slice(node.start, property.start), source.slice(property.end, node.end)];
    changes.push({ kind: 'call changed', replacement: `${before}${other}${after}` });
  }
  if (position === 'Value' && ASKS.has(name))
    changes.push({ kind: 'condition', replacement: 'true' }, { kind: 'condition', replacement: 'false' });
  return changes;
}

/** The smaller of one number is also the larger. */
function fewest(name: string): number {
  return name === 'min' || name === 'max' ? 1 : 0;
}
