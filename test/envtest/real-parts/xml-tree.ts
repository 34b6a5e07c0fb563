import { SaxesParser } from 'saxes';

/** An element of an XML text, without its namespace prefix. */
export interface XmlElement {
  readonly name: string;
  /** Its text, and the text of all elements below it. */
  readonly text: string;
  readonly children: readonly XmlElement[];
  /** The first element of that name below this one, depth first. */
  find(name: string): XmlElement | undefined;
  /** All elements of that name below this one, except those inside another of that name. */
  findAll(name: string): readonly XmlElement[];
}

class Element implements XmlElement {
  readonly children: Element[] = [];
  private ownText = '';

  constructor(readonly name: string) {}

  get text(): string {
    return this.ownText + this.children.map((child) => child.text).join('');
  }

  addText(text: string): void {
    this.ownText += text;
  }

  find(name: string): Element | undefined {
    for (const child of this.children) {
      const found = child.name === name ? child : child.find(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  findAll(name: string): readonly Element[] {
    return this.children.flatMap((child) => (child.name === name ? [child] : child.findAll(name)));
  }
}

/** The text as a tree, below a root without a name. Throws for malformed XML. */
export function parseXml(text: string): XmlElement {
  const root = new Element('');
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => {
    const element = new Element(tag.name.slice(tag.name.indexOf(':') + 1));
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (piece) => open.at(-1)?.addText(piece));
  parser.on('cdata', (piece) => open.at(-1)?.addText(piece));
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return root;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
