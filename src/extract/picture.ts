/**
 * What pictures say about themselves: size, and what the camera wrote (Exif 2.32, XMP, IPTC), place included.
 *
 *   JPEG with GPS → Size 4032 × 3024, Taken 2016-05-14 10:31:02, Camera Apple iPhone 6, Place 59.32932, 18.06858
 *
 * No text is recognised in the picture, and none of its pixels are decoded.
 */
import exifr from 'exifr';
import { imageSize } from 'image-size';
import type { Extraction } from './extraction.js';

const named: readonly (readonly [tag: string, name: string])[] = [
  ['DateTimeOriginal', 'Taken'],
  ['CreateDate', 'Created'],
  ['ModifyDate', 'Last saved'],
  ['Make', 'Make of the camera'],
  ['Model', 'Camera'],
  ['LensModel', 'Lens'],
  ['Software', 'Program'],
  ['CreatorTool', 'Program'],
  ['Artist', 'Artist'],
  ['creator', 'Creator'],
  ['Copyright', 'Copyright'],
  ['ImageDescription', 'Description'],
  ['description', 'Description'],
  ['title', 'Title'],
  ['ObjectName', 'Title'],
  ['Caption', 'Caption'],
  ['Headline', 'Headline'],
  ['Byline', 'Byline'],
  ['Keywords', 'Keywords'],
  ['subject', 'Keywords'],
  ['City', 'City'],
  ['Country', 'Country'],
  ['UserComment', 'Comment'],
  ['Comment', 'Comment'],
  ['SerialNumber', 'Serial number of the camera'],
  ['BodySerialNumber', 'Serial number of the camera'],
  ['OwnerName', 'Owner of the camera'],
  ['CameraOwnerName', 'Owner of the camera'],
];

export async function extractPicture(bytes: Buffer, extraction: Extraction): Promise<void> {
  const facts: (readonly [string, string | undefined])[] = [['Size', sizeOf(bytes)]];
  const tags = await readTags(bytes);
  for (const [tag, name] of named) facts.push([name, shown(tags[tag])]);
  const { latitude, longitude, GPSAltitude } = tags;
  if (typeof latitude === 'number' && typeof longitude === 'number' && Number.isFinite(latitude + longitude))
    facts.push(['Place', `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`]);
  if (typeof GPSAltitude === 'number') facts.push(['Height', `${Math.round(GPSAltitude)} m`]);
  extraction.addFacts(facts);
}

function sizeOf(bytes: Buffer): string | undefined {
  try {
    const { width, height } = imageSize(bytes);
    return `${width} × ${height}`;
  } catch {
    return undefined;
  }
}

/** Everything by its name; nothing where there is none, or none that can be read. */
async function readTags(bytes: Buffer): Promise<Record<string, unknown>> {
  try {
    const options = {
      xmp: true,
      iptc: true,
      gps: true,
      reviveValues: false,
      mergeOutput: true,
      makerNote: false,
      userComment: true,
    };
    return ((await exifr.parse(bytes, options)) as Record<string, unknown> | undefined) ?? {};
  } catch {
    return {};
  }
}

function shown(value: unknown): string | undefined {
  if (typeof value === 'string') return value.replace(/^(\d{4}):(\d\d):(\d\d) /, '$1-$2-$3 ');
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string').join(', ');
  if (typeof value === 'object' && value !== null && 'value' in value) return shown(value.value);
  return undefined;
}
