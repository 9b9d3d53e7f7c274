/**
 * Microsoft compound files ([MS-CFB]), as far as telling Outlook items from old office documents.
 *
 *   d0 cf 11 e0 a1 b1 1a e1 …      somewhere: "__properties_version1.0" in UTF-16LE ([MS-OXMSG] 2.2)
 */
import type { Window } from './window.js';

const marker = Buffer.from('__properties_version1.0', 'utf16le');

/** Whether the compound file is an Outlook item. Reads the window to its end, or to the proof. */
export async function findOutlookItem(window: Window): Promise<boolean> {
  for (;;) {
    if (window.view().includes(marker)) return true;
    window.skip(Math.max(0, window.length - marker.length));
    if (!(await window.fill(window.length + 1))) return false;
  }
}
