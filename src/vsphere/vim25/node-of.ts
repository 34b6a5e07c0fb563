/** What an element of an answer is, and what stands for it when it cannot be read. */
import { type DataObject, UNDESCRIBED, UnreadValue } from './describe';
import { dynamicNode, type Node, type Shape, type Slot } from './shapes';

/** Stands for a value that cannot be read. Of a fault the name is left, which decides what is done about it. */
export function unreadValue(node: Node, slot: Slot, found: string): DataObject {
  const isFault = slot.node.kind === 'object' && 'xsiType' in node && node.xsiType !== undefined;
  return isFault ? { xsiType: node.xsiType } : new UnreadValue(found);
}

/** What an element is. The description says it; where that leaves the type open, xsi:type does. */
export function nodeOf(declared: Node, typed: Node | undefined, local: string): Node {
  switch (declared.kind) {
    case 'object':
      if (typed?.kind === 'shape' || typed?.kind === 'dynamic') return typed;
      return { kind: 'dynamic', xsiType: local.replace(/Fault$/, '') };
    case 'any':
    case 'dynamic':
      return typed ?? dynamicNode;
    default:
      return declared;
  }
}

/**
 * What a child of this name is; undefined for one that is not described. Of a type that is described as a whole, the value
 * keeps its name.
 */
export function slotIn(shape: Shape, local: string, value: Record<string, unknown>): Slot | undefined {
  const slot = shape.slots.get(local) ?? shape.otherwise;
  if (slot === undefined && shape.isWhole === true) value[UNDESCRIBED] ??= local.slice(0, 80);
  return slot;
}
