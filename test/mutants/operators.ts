/** Mutants of one expression: operators, literals and conditions. */
import { isMethodCall, mutatedCall } from './calls';
import type { Change, Position } from './change';
import type { MutantKind } from './mutant';
import { child, children, type SyntaxNode, textOf } from './syntax';

const EQUALITY: ReadonlyMap<string, string> = new Map(
  Object.entries({ '===': '!==', '!==': '===', '==': '!=', '!=': '==' }),
);
const RELATION: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '<': ['<=', '>='],
    '<=': ['<', '>'],
    '>': ['>=', '<='],
    '>=': ['>', '<'],
  }),
);
const ARITHMETIC: ReadonlyMap<string, string> = new Map(
  Object.entries({ '+': '-', '-': '+', '*': '/', '/': '*', '%': '*' }),
);
const ASSIGNMENT: ReadonlyMap<string, string> = new Map(
  Object.entries({ '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '??=': '=' }),
);
const UPDATE: ReadonlyMap<string, string> = new Map(Object.entries({ '++': '--', '--': '++' }));

export function changesOf(node: SyntaxNode, source: string, position: Position): readonly Change[] {
  return [...forced(node, position), ...ofItsKind(node, source, position)];
}

function ofItsKind(node: SyntaxNode, source: string, position: Position): readonly Change[] {
  switch (node.type) {
    case 'BinaryExpression':
      return binary(node, source);
    case 'LogicalExpression':
      return logical(node, source);
    case 'AssignmentExpression':
      return joined(node, source, ASSIGNMENT, 'update');
    case 'UnaryExpression':
      return unary(node, source);
    case 'UpdateExpression':
      return update(node, source);
    case 'Literal':
      return literal(node);
    case 'TemplateLiteral':
      return node.end - node.start > 2 ? [{ kind: 'string emptied', replacement: "''" }] : [];
    case 'ArrayExpression':
      return children(node, 'elements').length > 0 ? [{ kind: 'array emptied', replacement: '[]' }] : [];
    case 'ObjectExpression':
      return children(node, 'properties').length > 0 ? [{ kind: 'object emptied', replacement: '({})' }] : [];
    case 'CallExpression':
      return isMethodCall(node) ? mutatedCall(node, source, position) : [];
    default:
      return [];
  }
}

/** A condition that always, or never, holds. */
function forced(node: SyntaxNode, position: Position): readonly Change[] {
  if (node.type === 'Literal') return [];
  const always: Change = { kind: 'condition', replacement: 'true' };
  const never: Change = { kind: 'condition', replacement: 'false' };
  if (position === 'LoopTest') return [never];
  if (position === 'Test') return [always, never];
  return position === 'Value' && isCondition(node) ? [always, never] : [];
}

function isCondition(node: SyntaxNode): boolean {
  const { operator } = node;
  if (node.type === 'UnaryExpression') return operator === '!';
  if (node.type !== 'BinaryExpression' || typeof operator !== 'string') return false;
  return EQUALITY.has(operator) || RELATION.has(operator) || operator === 'in' || operator === 'instanceof';
}

function binary(node: SyntaxNode, source: string): readonly Change[] {
  const operator = String(node.operator);
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  if (left === undefined || right === undefined) return [];
  const relations = RELATION.get(operator);
  if (relations !== undefined)
    return relations.map((other) => ({ kind: 'relation', replacement: around(node, source, other) }));
  if (EQUALITY.has(operator)) return joined(node, source, EQUALITY, 'equality');
  // A text that is joined is no sum, and its difference does not compile.
  if (operator === '+' && [left, right].some((side) => isText(side))) return [];
  return joined(node, source, ARITHMETIC, 'arithmetic');
}

function isText(node: SyntaxNode): boolean {
  if (node.type === 'TemplateLiteral') return true;
  if (node.type === 'Literal') return typeof node.value === 'string';
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return false;
  return ['left', 'right'].some((key) => {
    const side = child(node, key);
    return side !== undefined && isText(side);
  });
}

function logical(node: SyntaxNode, source: string): readonly Change[] {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  if (left === undefined || right === undefined) return [];
  const kind = node.operator === '??' ? 'nullish' : 'logic';
  const sides: Change[] = [left, right].map((side) => ({ kind, replacement: `(${textOf(source, side)})` }));
  if (node.operator === '??') return sides;
  return [{ kind, replacement: `(${around(node, source, node.operator === '&&' ? '||' : '&&')})` }, ...sides];
}

function joined(
  node: SyntaxNode,
  source: string,
  others: ReadonlyMap<string, string>,
  kind: MutantKind,
): readonly Change[] {
  const other = others.get(String(node.operator));
  return other === undefined ? [] : [{ kind, replacement: around(node, source, other) }];
}

/** The same two sides with another operator. Parentheses are no nodes, so all else between the sides stays as it is. */
function around(node: SyntaxNode, source: string, operator: string): string {
  const [left, right] = [child(node, 'left'), child(node, 'right')];
  if (left === undefined || right === undefined) throw new Error(`${node.type} without two sides`);
  const between = source.slice(left.end, right.start).replace(String(node.operator), () => operator);
  return `${source.slice(node.start, left.end)}${between}${source.slice(right.start, node.end)}`;
}

function unary(node: SyntaxNode, source: string): readonly Change[] {
  const argument = child(node, 'argument');
  if (argument === undefined) return [];
  if (node.operator === '!') return [{ kind: 'negation removed', replacement: `(${textOf(source, argument)})` }];
  return node.operator === '-' ? [{ kind: 'sign removed', replacement: `(${textOf(source, argument)})` }] : [];
}

function update(node: SyntaxNode, source: string): readonly Change[] {
  const argument = child(node, 'argument');
  const other = UPDATE.get(String(node.operator));
  if (argument === undefined || other === undefined) return [];
  const operand = textOf(source, argument);
  return [{ kind: 'update', replacement: node.prefix === true ? `${other}${operand}` : `${operand}${other}` }];
}

function literal(node: SyntaxNode): readonly Change[] {
  const { value, regex } = node;
  if (typeof value === 'boolean') return [{ kind: 'boolean', replacement: String(!value) }];
  if (typeof value === 'string') return [{ kind: 'string emptied', replacement: value === '' ? "'mutated'" : "''" }];
  return isPattern(regex) ? withoutAnchors(regex) : [];
}

interface Pattern {
  readonly pattern: string;
  readonly flags: string;
}

function isPattern(regex: unknown): regex is Pattern {
  return typeof regex === 'object' && regex !== null && 'pattern' in regex && 'flags' in regex;
}

/** A pattern that must fill the whole text, and one that need not, decide differently. */
function withoutAnchors({ pattern, flags }: Pattern): readonly Change[] {
  const bareOfStart = pattern.startsWith('^') ? pattern.slice(1) : undefined;
  const bareOfEnd = pattern.endsWith('$') && !pattern.endsWith('\\$') ? pattern.slice(0, -1) : undefined;
  return [bareOfStart, bareOfEnd]
    .filter((rest) => rest !== undefined && rest !== '')
    .map((rest) => ({ kind: 'regular expression', replacement: `/${rest}/${flags}` }));
}
