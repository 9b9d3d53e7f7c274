/**
 * PPTX (ECMA-376 part 1, 19): slides in the order in which they are shown, with notes, comments and diagrams.
 *
 *   ppt/presentation.xml: <p:sldId r:id="rId2"/> … → ppt/slides/slide7.xml is slide 1
 */
import type { Extraction } from './extraction.js';
import { drawingText, extractProperties, noteRemoteParts, relationsOf } from './office-parts.js';
import { readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

/** Parts that hang on a slide, and how their place is called. */
const beside: ReadonlyMap<string, string> = new Map([
  ['notesSlide', 'notes'],
  ['comments', 'comments'],
  ['diagramData', 'diagram'],
  ['chart', 'chart'],
]);

export function extractSlides(zip: ZipMembers, extraction: Extraction): void {
  extractProperties(zip, extraction);
  const slides = slidesInOrder(zip, extraction);
  for (const [at, part] of slides.entries()) {
    const bytes = zip.readNamed(part, extraction);
    if (bytes === undefined) continue;
    const where = `slide ${at + 1}`;
    if (/<p:sld\s[^>]{0,2000}show="0"/.test(bytes.toString('latin1', 0, 4_096)))
      extraction.note('hidden-content', `${where} is hidden`);
    extraction.add(where, drawingText(bytes));
    for (const { type, target, isExternal } of relationsOf(zip, part, extraction)) {
      const name = beside.get(type);
      const more = name === undefined || isExternal ? undefined : zip.readNamed(target, extraction);
      if (more !== undefined)
        extraction.add(`${where}, ${name}`, type === 'comments' ? commentText(more) : drawingText(more));
    }
  }
  for (const entry of zip.matching(
    /^ppt\/(?:slidemasters\/slidemaster|handoutmasters\/handoutmaster)\d*\.xml$/,
  ))
    extraction.add('master', drawingText(zip.read(entry, extraction)));
  noteRemoteParts(zip, extraction);
}

function slidesInOrder(zip: ZipMembers, extraction: Extraction): string[] {
  const main = 'ppt/presentation.xml';
  const bytes = zip.readNamed(main, extraction);
  const relations = relationsOf(zip, main, extraction);
  const slides: string[] = [];
  if (bytes !== undefined) {
    readXml(bytes, {
      open(name, attributes) {
        if (name !== 'sldId') return;
        // Two attributes are called id; the relation's comes with a prefix, and last.
        const target = relations.find(({ id }) => id === attributes.id)?.target;
        if (target !== undefined) slides.push(target);
      },
    });
  }
  return slides.length > 0 ? slides : zip.matching(/^ppt\/slides\/slide\d+\.xml$/).map(({ name }) => name);
}

function commentText(bytes: Buffer): string {
  let text = '';
  let isText = false;
  readXml(bytes, {
    open(name) {
      isText = name === 'text' || name === 't';
    },
    text(more) {
      if (isText) text += more;
    },
    close(name) {
      isText = false;
      if (name === 'cm') text += '\n';
    },
  });
  return text;
}
