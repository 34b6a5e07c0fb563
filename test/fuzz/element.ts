/** XML as a tree, as far as a generator needs it. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** A text, or elements. */
  readonly content: string | readonly Element[];
}

export function element(
  tag: string,
  content: string | readonly Element[],
  attributes: Readonly<Record<string, string>> = {},
): Element {
  return { tag, content, attributes };
}

export function reference(tag: string, type: string, value: string): Element {
  return element(tag, value, { type });
}

/** The element `val` of a property. */
export function val(type: string, content: string | readonly Element[]): Element {
  return element('val', content, { 'xsi:type': type });
}

export function textOf({ tag, attributes, content }: Element): string {
  const told = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const inside = typeof content === 'string' ? escaped(content) : content.map(textOf).join('');
  return `<${tag}${told.join('')}>${inside}</${tag}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
