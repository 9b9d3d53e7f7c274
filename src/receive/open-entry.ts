/**
 * Finds out what an entry is, takes its layers of compression off, and opens a reader for it.
 */
import { findOutlookItem } from './compound.js';
import { decompress } from './decompress.js';
import { containerFolder, folderInside, joinFolders, prefixOf } from './folder-name.js';
import { readMbox } from './mbox.js';
import { openRegion, type RandomAccessFile, spool } from './random-access.js';
import { type Entry, failed, type Opened, type Reader, type Walk, wholeFile } from './reader.js';
import { readSingle } from './single.js';
import { type Format, sniff, sniffBytes } from './sniff.js';
import type { Compression, Container, ContainerKind, FailureCode, SourceEvent } from './source.js';
import { StreamFailure } from './stream.js';
import { readTar } from './tar.js';
import { Window } from './window.js';
import { holdsOutlookForMac, isOfficeDocument, readZip } from './zip.js';

export interface OpenedReader {
  readonly container: Container;
  readonly reader: Reader;
  /** Archives and compression layers around what this reader yields. */
  readonly depth: number;
  close(): Promise<void>;
}

/** Events of an entry that is no container; `close` once they were used. */
export interface EntryEvents {
  readonly events: SourceEvent[];
  close(): Promise<void>;
}

export type Outcome = OpenedReader | EntryEvents;

/** `parent` is undefined for the source itself, which always becomes a container, if it holds anything. */
export async function openEntry(
  entry: Entry,
  parent: OpenedReader | undefined,
  walk: Walk,
): Promise<Outcome> {
  const layers = await unwrap(entry, parent?.depth ?? 0, walk);
  try {
    return await new Opening(entry, entry.within ?? parent?.container, walk, layers).open();
  } catch (error) {
    await layers.close();
    throw error;
  }
}

/** An entry with all its compression taken off. */
interface Layers {
  readonly window: Window;
  readonly compressions: readonly Compression[];
  readonly format: Format | 'too-deep';
  readonly depth: number;
  close(): Promise<void>;
}

async function unwrap(entry: Entry, outerDepth: number, walk: Walk): Promise<Layers> {
  const windows: Window[] = [];
  const compressions: Compression[] = [];
  let window = entry.window;
  let depth = outerDepth;
  const close = async () => {
    for (const layer of windows.reverse()) await layer.close();
  };
  for (;;) {
    await window.fill(sniffBytes);
    const format = sniff(window.view().subarray(0, sniffBytes), entry.expectation);
    if (format.type !== 'compressed') return { window, compressions, format, depth, close };
    if (depth >= walk.limits.maxNestedContainers)
      return { window, compressions, format: 'too-deep', depth, close };
    depth += 1;
    compressions.push(format.compression);
    window = new Window(decompress(window, format.compression, walk.budget));
    windows.push(window);
  }
}

class Opening {
  readonly #entry: Entry;
  readonly #parent: Container | undefined;
  readonly #walk: Walk;
  readonly #layers: Layers;

  constructor(entry: Entry, parent: Container | undefined, walk: Walk, layers: Layers) {
    this.#entry = entry;
    this.#parent = parent;
    this.#walk = walk;
    this.#layers = layers;
  }

  async open(): Promise<Outcome> {
    const { format, window } = this.#layers;
    const { failure } = window;
    if (format === 'too-deep') return this.#tooDeep();
    if (failure !== undefined && (format.type === 'empty' || format.type === 'other')) {
      return this.#fail(failure.code, failure.message);
    }
    switch (format.type) {
      case 'message':
        return this.#message(format);
      case 'mbox':
        return this.#container('mbox', (opened) => readMbox(opened, this.#walk));
      case 'tar':
        return this.#container('tar', (opened) => readTar(opened, this.#walk));
      case 'zip':
        return isOfficeDocument(window.view()) ? this.#other('office document') : this.#zip();
      case 'compound':
        return (await findOutlookItem(window))
          ? this.#unreadable('Outlook item (MSG)')
          : this.#other('compound file, perhaps of an old office program');
      case 'unreadable':
        return this.#unreadable(format.name);
      case 'empty':
        return this.#other('empty file');
      case 'compressed':
        return this.#other(format.compression);
      case 'other':
        return this.#other(format.name);
    }
  }

  async #message(format: Extract<Format, { type: 'message' }>): Promise<Outcome> {
    const parent = this.#parent;
    const { window } = this.#layers;
    const { limits } = this.#walk;
    if (parent !== undefined) {
      const folder = folderInside(parent, this.#entry.path);
      const found = { container: parent.index, path: this.#entry.path, folder, direct: this.#direct() };
      return this.#events(await readSingle(window, format, found, limits));
    }
    return this.#open('message', async function* (opened) {
      const found = {
        container: opened.container.index,
        path: '',
        folder: opened.container.folder,
        direct: opened.direct,
      };
      yield await readSingle(window, format, found, limits);
      return { variant: undefined, bytes: window.offset + window.length };
    });
  }

  #container(kind: ContainerKind, read: (opened: Opened) => Reader): Outcome {
    if (this.#layers.depth >= this.#walk.limits.maxNestedContainers) return this.#tooDeep();
    return this.#open(kind, read);
  }

  #open(
    kind: ContainerKind,
    read: (opened: Opened) => Reader,
    closeMore?: () => Promise<void>,
  ): OpenedReader {
    const parent = this.#parent;
    const { window, compressions, depth, close } = this.#layers;
    const name = containerFolder(this.#entry.path);
    const container: Container = {
      index: this.#walk.nextIndex(),
      parent: parent?.index ?? -1,
      kind,
      path: this.#entry.path,
      compressions,
      folder: parent === undefined ? name : joinFolders([prefixOf(parent), name]),
    };
    const size = compressions.length === 0 ? this.#entry.size : undefined;
    const opened = { container, window, direct: this.#direct(), size };
    return {
      container,
      reader: read(opened),
      depth: depth + 1,
      close: async () => {
        await closeMore?.();
        await close();
      },
    };
  }

  async #zip(): Promise<Outcome> {
    if (this.#layers.depth >= this.#walk.limits.maxNestedContainers) return this.#tooDeep();
    const file = await this.#zipFile();
    if (file instanceof StreamFailure) return this.#fail(file.code, file.message);
    if (await holdsOutlookForMac(file)) {
      await file.close();
      return this.#unreadable('Outlook for Mac archive (OLM)');
    }
    return this.#open('zip', (opened) => readZip(opened, file, this.#walk), file.close);
  }

  /** A zip is read from its end: from the original where it lies there as it is, else from a copy of its own. */
  async #zipFile(): Promise<RandomAccessFile | StreamFailure> {
    const { window } = this.#layers;
    const direct = this.#direct();
    if (direct === undefined || this.#entry.size === undefined) return spool(window, this.#walk.tmpDir);
    while (await window.discard(window.length + 1));
    if (window.failure !== undefined) return window.failure;
    return openRegion(this.#walk.keeper.path, direct, window.offset);
  }

  #unreadable(name: string): Outcome {
    const note = `${name} is not read yet; convert it to mbox or single messages and receive that as well`;
    return this.#fail('unsupported-format', note, 'unreadable');
  }

  #tooDeep(): Outcome {
    const note = `archives and compression inside one another, more than ${this.#walk.limits.maxNestedContainers} deep`;
    return this.#fail('nesting-limit', note);
  }

  /** One `failed` event: in a container of its own where `kind` says so or nothing is around it. */
  #fail(code: FailureCode, note: string, kind?: 'unreadable'): Outcome {
    const { window } = this.#layers;
    const length = this.#entry.size ?? window.offset + window.length;
    const direct = this.#direct();
    if (this.#parent !== undefined && kind === undefined) {
      return this.#events([
        failed(this.#parent.index, wholeFile(this.#entry.path, length, direct), code, note),
      ]);
    }
    return this.#open('unreadable', async function* ({ container }) {
      yield [failed(container.index, wholeFile('', length, direct), code, note)];
      return { variant: undefined, bytes: length };
    });
  }

  #other(note: string): Outcome {
    const { window } = this.#layers;
    const place = wholeFile(
      this.#entry.path,
      this.#entry.size ?? window.offset + window.length,
      this.#direct(),
    );
    return this.#events([{ type: 'other', container: this.#parent?.index ?? 0, place, note }]);
  }

  #events(events: SourceEvent[]): Outcome {
    return { events, close: this.#layers.close };
  }

  /** Where the unpacked bytes lie in the original. */
  #direct(): number | undefined {
    return this.#layers.compressions.length === 0 ? this.#entry.direct : undefined;
  }
}
