/**
 * What the three Office Open XML formats share (ECMA-376 part 2): relations between parts, properties, text of drawings.
 *
 *   xl/_rels/workbook.xml.rels:  <Relationship Id="rId1" Target="worksheets/sheet1.xml"/>  → rId1 is xl/worksheets/sheet1.xml
 */
import type { Extraction } from './extraction.js';
import { readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

export interface Relation {
  readonly id: string;
  /** The last part of the type's address: `slide`, `worksheet`, `notesSlide`, `attachedTemplate`. */
  readonly type: string;
  /** Name of the member, or the address outside. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** The relations of a part, in order. */
export function relationsOf(zip: ZipMembers, part: string, extraction: Extraction): Relation[] {
  const slash = part.lastIndexOf('/') + 1;
  const bytes = zip.readNamed(`${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`, extraction);
  const relations: Relation[] = [];
  if (bytes === undefined) return relations;
  readXml(bytes, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const isExternal = attributes.TargetMode === 'External';
      const target = attributes.Target ?? '';
      const type = attributes.Type ?? '';
      relations.push({
        id: attributes.Id ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: isExternal ? target : resolvePart(part.slice(0, slash), target),
        isExternal,
      });
    },
  });
  return relations;
}

/** A target against the folder of the part that names it. */
function resolvePart(folder: string, target: string): string {
  const names = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}

/** What an office program would fetch or run when it opens the file: a well-known way to trace or attack readers. */
const fetched = new Set([
  'attachedTemplate',
  'oleObject',
  'image',
  'frame',
  'externalLinkPath',
  'subDocument',
]);

/** Says which addresses outside the file its parts would load. Links that a reader follows himself are not among them. */
export function noteRemoteParts(zip: ZipMembers, extraction: Extraction): void {
  for (const entry of zip.matching(/\.rels$/)) {
    const part = entry.name.replace(/_rels\/([^/]+)\.rels$/, '$1');
    for (const relation of relationsOf(zip, part, extraction)) {
      if (relation.isExternal && fetched.has(relation.type))
        extraction.note('remote-content', `refers to ${relation.target} (${relation.type})`);
    }
  }
}

const named: ReadonlyMap<string, string> = new Map([
  ['title', 'Title'],
  ['subject', 'Subject'],
  ['creator', 'Author'],
  ['keywords', 'Keywords'],
  ['description', 'Comments'],
  ['lastModifiedBy', 'Last saved by'],
  ['category', 'Category'],
  ['contentStatus', 'Status'],
  ['revision', 'Revision'],
  ['created', 'Created'],
  ['modified', 'Last saved'],
  ['lastPrinted', 'Last printed'],
  ['Application', 'Program'],
  ['AppVersion', 'Version of the program'],
  ['Company', 'Company'],
  ['Manager', 'Manager'],
  ['Template', 'Template'],
  ['HyperlinkBase', 'Base of links'],
  ['Pages', 'Pages'],
  ['Words', 'Words'],
  ['TotalTime', 'Minutes edited'],
]);

/** docProps/core.xml, app.xml and custom.xml as names and values. */
export function extractProperties(zip: ZipMembers, extraction: Extraction): void {
  const facts: [string, string][] = [];
  for (const part of ['docProps/core.xml', 'docProps/app.xml']) {
    for (const [name, value] of leavesOf(zip.readNamed(part, extraction))) {
      const told = named.get(name);
      if (told !== undefined) facts.push([told, value]);
    }
  }
  facts.push(...customProperties(zip.readNamed('docProps/custom.xml', extraction)));
  extraction.addFacts(facts);
}

/** Elements that hold text alone. */
function leavesOf(bytes: Buffer | undefined): [string, string][] {
  const leaves: [string, string][] = [];
  let text = '';
  if (bytes === undefined) return leaves;
  readXml(bytes, {
    open() {
      text = '';
    },
    text(more) {
      text += more;
    },
    close(name) {
      if (text.trim() !== '') leaves.push([name, text]);
      text = '';
    },
  });
  return leaves;
}

function customProperties(bytes: Buffer | undefined): [string, string][] {
  const facts: [string, string][] = [];
  let name = '';
  if (bytes === undefined) return facts;
  readXml(bytes, {
    open(element, attributes) {
      if (element === 'property') name = attributes.name ?? '';
    },
    text(value) {
      if (name !== '' && value.trim() !== '') facts.push([name, value]);
    },
  });
  return facts;
}

/** DrawingML text (ECMA-376 part 1, 21.1.2): slides, notes, diagrams, charts, text boxes of sheets. A line for each paragraph. */
export function drawingText(bytes: Buffer): string {
  let text = '';
  let isText = false;
  let skipped = 0;
  readXml(bytes, {
    open(name) {
      if (name === 'Fallback') skipped += 1;
      else if (name === 't' || name === 'v') isText = true;
      else if (name === 'br') text += '\n';
      else if (name === 'tab') text += '\t';
    },
    text(more) {
      if (isText && skipped === 0) text += more;
    },
    close(name) {
      if (name === 'Fallback') skipped -= 1;
      else if (name === 't') isText = false;
      else if (name === 'v') {
        isText = false;
        text += '\n';
      } else if (name === 'p') text += '\n';
      else if (name === 'tc') text += '\t';
    },
  });
  return text;
}
