/** Collecting defects: a bounded list, so that a message made of damage stays cheap. Codes are in docs/defects.md. */
import { limits } from '../limits.js';
import type { Defect, DefectCode } from './message.js';

/** Appends one defect; beyond `limits.maxDefects` they are dropped. `offset` is -1 where unknown. */
export function addDefect(defects: Defect[], code: DefectCode, offset: number, note: string): void {
  if (defects.length >= limits.maxDefects) return;
  defects.push({ code, offset, note: note.slice(0, limits.maxDefectNoteCharacters) });
}
