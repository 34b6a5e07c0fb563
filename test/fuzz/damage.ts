/** Changes one or several things inside an element: what is left is still XML. */
import type { Random } from '../../src/time/random';
import { type Element, element } from './element';
import { rawByte } from './scripted-vcenter';

const TEXTS = [
  ...['', ' ', '0', '1', '-1', 'true', 'maybe', 'NaN', 'INF', '2147483648', '9223372036854775808', '1e400', '0x10'],
  ...['x'.repeat(5_000), 'null', '[object Object]', '%2f%zz', 'größe 🙂', '__proto__', 'poweredSideways'],
  ...['2026-13-45T99:99:99Z', 'vm-999999', ']]&gt;', '{"a":1}'],
  // What XML forbids, and what is no UTF-8.
  ...['\x01', 'a\x1b[2J', '\uffff', rawByte(0xff), `gr${rawByte(0xf6)}ne`],
];
const TYPES = [
  ...['xsd:string', 'xsd:int', 'xsd:long', 'xsd:boolean', 'xsd:double', 'xsd:dateTime', 'xsd:base64Binary', 'xsd:what'],
  ...['ManagedObjectReference', 'VirtualMachinePowerState', 'ArrayOfString', 'ArrayOfInt', 'ArrayOfGuestNicInfo'],
  ...[
    'ArrayOfVirtualDevice',
    'ArrayOfTypeOfTomorrow',
    'TypeOfTomorrow',
    'TaskInfo',
    'UpdateSet',
    'LocalizedMethodFault',
  ],
  ...['', ':', 'nowhere:string', '__proto__', 'constructor'],
];
const TAGS = [
  'val',
  'name',
  'op',
  'kind',
  'obj',
  'fault',
  'xsiType',
  '__proto__',
  'constructor',
  'toString',
  'newField',
];

type Change = (target: Element, random: Random) => readonly Element[];

const CHANGES: readonly Change[] = [
  // Dropped.
  () => [],
  // Told twice, the second time perhaps otherwise.
  (target, random) => [target, damaged(target, random)],
  // Of another type.
  (target, random) => [{ ...target, attributes: { ...target.attributes, 'xsi:type': pick(TYPES, random) } }],
  (target) => [{ ...target, attributes: {} }],
  (target, random) => [{ ...target, attributes: { ...target.attributes, type: pick(TYPES, random) } }],
  // Another text, or a text where elements belong, or elements where a text belongs.
  (target, random) => [{ ...target, content: pick(TEXTS, random) }],
  (target, random) => [{ ...target, content: [element(pick(TAGS, random), pick(TEXTS, random))] }],
  (target) => [{ ...target, content: nested(300) }],
  // Under another name.
  (target, random) => [{ ...target, tag: pick(TAGS, random) }],
  // With something more inside.
  (target, random) => {
    if (typeof target.content === 'string') return [target, element(pick(TAGS, random), pick(TEXTS, random))];
    const more = element(pick(TAGS, random), pick(TEXTS, random), { 'xsi:type': pick(TYPES, random) });
    return [{ ...target, content: [...target.content, more] }];
  },
  // In another order.
  (target) => [typeof target.content === 'string' ? target : { ...target, content: target.content.toReversed() }],
];

/** The element itself stays; one to four things inside it change. */
export function damaged(whole: Element, random: Random): Element {
  let result = whole;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) result = withChange(result, random);
  return result;
}

function withChange(whole: Element, random: Random): Element {
  const { content } = whole;
  if (typeof content === 'string' || content.length === 0) return { ...whole, content: pick(TEXTS, random) };
  const at = Math.floor(random() * content.length);
  const target = content[at];
  if (target === undefined) return whole;
  const isLeaf = typeof target.content === 'string' || target.content.length === 0;
  const changed = isLeaf || random() < 0.4 ? pick(CHANGES, random)(target, random) : [withChange(target, random)];
  return { ...whole, content: content.toSpliced(at, 1, ...changed) };
}

function nested(depth: number): readonly Element[] {
  let inner: readonly Element[] = [];
  for (let left = depth; left > 0; left -= 1) inner = [element('deep', inner)];
  return inner;
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
