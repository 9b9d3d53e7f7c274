import type { RandomAccessFile } from './random-access.js';
import type { Opened, Reader, Walk } from './reader.js';
export function isOfficeDocument(_head: Buffer): boolean {
  return false;
}
export function holdsOutlookForMac(_f: RandomAccessFile): Promise<boolean> {
  return Promise.resolve(false);
}
export async function* readZip(_opened: Opened, _f: RandomAccessFile, _walk: Walk): Reader {
  yield [];
  return { variant: undefined, bytes: 0 };
}
