/**
 * File names that mail declares (RFC 2183 2.3: "should not be taken as a path").
 *
 *   ../../etc/passwd, C:\tmp\a.txt      → passwd, a.txt
 *   invoice<U+202E>fdp.exe                → invoice fdp.exe (no reordering that makes it look like a PDF)
 */

/** The last path component without control and reordering characters; '' where nothing is left. */
export function baseName(filename: string): string {
  const clean = filename.replace(/[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  const name = clean.slice(Math.max(clean.lastIndexOf('/'), clean.lastIndexOf('\\')) + 1).trim();
  return name === '.' || name === '..' ? '' : name.slice(0, 1_000);
}
