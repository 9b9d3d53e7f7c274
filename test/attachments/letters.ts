/** Messages with files attached, for tests. */

/** A message with files. */
export function withFiles(
  id: string,
  files: readonly { name: string; type: string; bytes: Buffer }[],
): string {
  const parts = files.map(
    ({ name, type, bytes }) =>
      `--b\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64').replace(/.{76}/g, '$&\n')}\n`,
  );
  return `Message-ID: <${id}@x>\nDate: Mon, 7 Mar 2016 1${id.length}:00:00 +0000\nFrom: Anna <anna@x.example>\nSubject: Papers ${id}\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nAttached.\n${parts.join('')}--b--\n`;
}
