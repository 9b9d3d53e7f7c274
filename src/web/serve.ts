import type { Trove } from '../store/trove.js';
export async function serve(_t: Trove, _p: number | undefined): Promise<{ url: string; close(): Promise<void> }> { throw new Error('later'); }
