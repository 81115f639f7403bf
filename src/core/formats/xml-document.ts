import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Reading, type Unreadable, unreadable } from './reading.js';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Partial<Record<string, string>>>;
  readonly children: readonly XmlElement[];
}

/** Reads the elements and attributes of an XML text; no report keeps its numbers in character data. */
export function readXml(text: string): Reading<XmlElement> {
  const document = text.trimStart();
  try {
    if (hasOwnDeclarations(document)) return unreadable('its DOCTYPE declares entities or elements of its own, which are not followed');
    return readElements(document);
  } catch (error) {
    return notXml(error instanceof Error ? error.message : 'unknown fault');
  }
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** All elements of that name below an element, in document order. */
export function descendantsNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : descendantsNamed(child, name)));
}

const predefined: Readonly<Partial<Record<string, string>>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** An attribute as a person reads it: XML's own entities decoded, any other left as written. */
export function attributeText(element: XmlElement, name: string): string {
  return (element.attributes[name] ?? '').replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (written, hex?: string, decimal?: string, entity = '') => {
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (Number.isNaN(point)) return predefined[String(entity)] ?? written;
    return point <= 0x10ffff ? String.fromCodePoint(point) : written;
  });
}

const beforeRoot = /^(?:\s+|<\?[^?]*(?:\?(?!>)[^?]*)*\?>|<!--[^-]*(?:-(?!->)[^-]*)*-->)*/;
const plainDocType = /^<!DOCTYPE\s+[^\s>[]+(?:\s+(?:"[^"]*"|'[^']*'|[A-Z]+))*\s*>/;

// A reference to a DTD elsewhere is usual and never fetched; declarations in the text itself are how entity bombs are made.
function hasOwnDeclarations(document: string): boolean {
  const rest = document.replace(beforeRoot, '');
  return rest.startsWith('<!DOCTYPE') && !plainDocType.test(rest);
}

// A message may hold every tag that was left open.
function notXml(fault: string): Unreadable {
  return unreadable(`it is not well-formed XML (cut short?): ${fault.slice(0, 160)}`);
}

type ParsedNode = Readonly<Record<string, unknown>>;

function readElements(document: string): Reading<XmlElement> {
  // The parser forgives a text that was cut short or wrongly nested; only the validator sees it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that follows it is one dependency more for the same code
  const valid = XMLValidator.validate(document);
  if (valid !== true) return notXml(`line ${valid.err.line}: ${valid.err.msg}`);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    tagValueProcessor: () => '',
    maxNestedTags: 100,
    jPath: false,
  });
  const [root, ...others] = toElements(parser.parse(document));
  if (root === undefined || others.length > 0) return notXml('it needs exactly one root element');
  return { kind: 'report', report: root };
}

function toElements(nodes: unknown): readonly XmlElement[] {
  return (nodes as readonly ParsedNode[]).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text') return [];
    return [{ name, attributes: (node[':@'] ?? {}) as XmlElement['attributes'], children: toElements(node[name]) }];
  });
}
