/**
 * Writes a CEL rule of a CRD as a TypeScript expression, so that checking a manifest needs no CEL interpreter.
 *
 * It knows the operators and functions that our rules use, and throws at every other one: a rule that cannot be
 * translated must fail the generation, because leaving it out would accept every value. The meaning is that of CEL: a
 * missing field is an error, and `&&` and `||` have a result if one side decides it, even if the other side is an error.
 *
 * @see https://github.com/google/cel-spec/blob/master/doc/langdef.md
 */
import { type ASTNode, parse } from '@marcbachmann/cel-js';

/**
 * A rule as an expression over `self` and the functions of `cel` (see crds/rules.ts). Throws for an operator or function
 * that is not known here.
 */
export function ruleToTypeScript(rule: string): string {
  return written(parse(rule).ast, rule);
}

/** Whether a rule compares with the stored object. Without `optionalOldSelf` the API server checks it on updates only. */
export function comparesWithStored(rule: string): boolean {
  return mentions(parse(rule).ast, 'oldSelf');
}

/** The fields of `self` and `oldSelf` that a rule reads; undefined if it reads one of them as a whole. */
export function fieldsRead(rule: string): readonly string[] | undefined {
  const fields = new Set<string>();
  const isOwn = (node: unknown) => isNode(node) && node.op === 'id' && ['self', 'oldSelf'].includes(node.args);
  const readsWhole = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(readsWhole);
    if (!isNode(value)) return false;
    if (isOwn(value)) return true;
    if (value.op !== '.' || !isOwn(value.args[0])) return readsWhole(value.args);
    fields.add(value.args[1]);
    return false;
  };
  return readsWhole(parse(rule).ast) ? undefined : [...fields];
}

/** The fields of `self` without which a rule holds, whatever the others are: it begins `!has(self.field) || …`. */
export function fieldsThatFree(rule: string): readonly string[] {
  const free = (node: ASTNode): readonly string[] => {
    if (node.op === '||') return [...free(node.args[0]), ...free(node.args[1])];
    const has = node.op === '!_' && node.args.op === 'call' && node.args.args[0] === 'has' ? node.args : undefined;
    const [field] = has?.args[1] ?? [];
    if (field?.op !== '.' || field.args[0].op !== 'id' || field.args[0].args !== 'self') return [];
    return [field.args[1]];
  };
  return free(parse(rule).ast);
}

/**
 * Fields of objects in `self` without which a rule holds, whether the object is there or not: it begins
 * `!has(self.object) || !has(self.object.field) || …`.
 */
export function innerFieldsThatFree(rule: string): readonly (readonly [object: string, field: string])[] {
  const objects = fieldsThatFree(rule);
  const inner = (node: ASTNode): readonly (readonly [string, string])[] => {
    if (node.op === '||') return [...inner(node.args[0]), ...inner(node.args[1])];
    const has = node.op === '!_' && node.args.op === 'call' && node.args.args[0] === 'has' ? node.args : undefined;
    const [field] = has?.args[1] ?? [];
    if (field?.op !== '.' || field.args[0].op !== '.') return [];
    const [self, object] = field.args[0].args;
    const isGuarded = self.op === 'id' && self.args === 'self' && objects.includes(object);
    return isGuarded ? [[object, field.args[1]]] : [];
  };
  return inner(parse(rule).ast);
}

function written(node: ASTNode, rule: string): string {
  const inner = (child: ASTNode) => written(child, rule);
  switch (node.op) {
    case 'value':
      return literal(node.args, rule);
    case 'id':
      return node.args;
    case '.':
      return `cel.field(${inner(node.args[0])}, ${JSON.stringify(node.args[1])})`;
    case '!_':
      return `!cel.truth(${inner(node.args)})`;
    case '-_':
      return `-${numeric(node.args, rule)}`;
    case '&&':
      return `cel.both(() => ${inner(node.args[0])}, () => ${inner(node.args[1])})`;
    case '||':
      return `cel.either(() => ${inner(node.args[0])}, () => ${inner(node.args[1])})`;
    case '?:':
      return `(cel.truth(${inner(node.args[0])}) ? ${inner(node.args[1])} : ${inner(node.args[2])})`;
    case '==':
    case '!=':
      return `(${inner(node.args[0])} ${node.op}= ${inner(node.args[1])})`;
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '%':
    case '-':
      return `(${numeric(node.args[0], rule)} ${node.op} ${numeric(node.args[1], rule)})`;
    case 'in':
      return `cel.list(${inner(node.args[1])}).includes(${inner(node.args[0])})`;
    case 'list':
      return `[${node.args.map(inner).join(', ')}]`;
    case 'call':
      return called(node.args[0], node.args[1], rule);
    case 'rcall':
      return calledOn(node.args[1], node.args[0], node.args[2], rule);
    default:
      throw unknown(`the operator ${node.op}`, rule);
  }
}

function numeric(node: ASTNode, rule: string): string {
  const expression = written(node, rule);
  return node.op === 'value' && typeof node.args === 'bigint' ? expression : `cel.number(${expression})`;
}

function called(name: string, args: readonly ASTNode[], rule: string): string {
  const [first] = args;
  if (first === undefined) throw unknown(`${name}()`, rule);
  switch (name) {
    case 'has':
      if (first.op !== '.') throw unknown('has() of something else than a field', rule);
      return `cel.has(${written(first.args[0], rule)}, ${JSON.stringify(first.args[1])})`;
    case 'string':
      return `String(${written(first, rule)})`;
    case 'size':
      return `cel.size(${written(first, rule)})`;
    case 'isIP':
    case 'isCIDR':
      return `cel.${name}(${written(first, rule)})`;
    default:
      throw unknown(`the function ${name}`, rule);
  }
}

function calledOn(receiver: ASTNode, name: string, args: readonly ASTNode[], rule: string): string {
  // A manifest at synth is a new object, so it has no stored one.
  if (name === 'hasValue' && receiver.op === 'id' && receiver.args === 'oldSelf') return 'false';
  const on = written(receiver, rule);
  const [first, second] = args;
  switch (name) {
    case 'size':
      return `cel.size(${on})`;
    case 'contains':
      return `cel.text(${on}).includes(cel.text(${argument(first, name, rule)}))`;
    case 'startsWith':
      return `cel.text(${on}).startsWith(cel.text(${argument(first, name, rule)}))`;
    case 'endsWith':
      return `cel.text(${on}).endsWith(cel.text(${argument(first, name, rule)}))`;
    case 'lowerAscii':
      return `cel.text(${on}).replace(/[A-Z]/g, (letter) => letter.toLowerCase())`;
    case 'replace':
      return `cel.text(${on}).split(${argument(first, name, rule)}).join(${argument(second, name, rule)})`;
    case 'all':
    case 'exists':
    case 'filter': {
      if (first?.op !== 'id') throw unknown(`${name}() without a variable`, rule);
      const method = { all: 'every', exists: 'some', filter: 'filter' }[name];
      return `cel.list(${on}).${method}((${first.args}) => cel.truth(${argument(second, name, rule)}))`;
    }
    default:
      throw unknown(`the function ${name}`, rule);
  }
}

function argument(node: ASTNode | undefined, name: string, rule: string): string {
  if (node === undefined) throw unknown(`${name}() with too few arguments`, rule);
  return written(node, rule);
}

function literal(value: unknown, rule: string): string {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'string':
    case 'number':
    case 'boolean':
      return JSON.stringify(value);
    default:
      throw unknown(`the literal ${String(value)}`, rule);
  }
}

function mentions(node: ASTNode, name: string): boolean {
  if (node.op === 'id') return node.args === name;
  const within = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(within) : isNode(value) && mentions(value, name);
  return within(node.args);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}

function unknown(what: string, rule: string): Error {
  return new Error(`crds/cel.ts cannot write ${what} of the rule "${rule}" in TypeScript: add it there`);
}
