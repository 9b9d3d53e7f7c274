/**
 * What walking a source yields. A source is a path that someone hands over; inside it are containers
 * (mbox, folder, tar, zip, …), inside those messages, each with its exact place.
 *
 * The order of events is a pure function of the source's bytes: an interrupted receive re-walks the source
 * and skips the events that were already committed.
 */

/** How From_ lines inside bodies are quoted; `none` where nothing in the file needed quoting. */
export type MboxVariant = 'mboxrd' | 'mboxo' | 'mboxcl' | 'mboxcl2' | 'none';

export type ContainerKind = 'mbox' | 'message' | 'maildir' | 'folder' | 'tar' | 'zip' | 'unreadable';

export type Compression = 'gzip' | 'zstd' | 'xz' | 'bzip2';

/** Why a thing that should hold mail gave none. Each code has a line in docs/trove-format.md. */
export type FailureCode =
  | 'unsupported-format'
  | 'encrypted'
  | 'damaged'
  | 'truncated'
  | 'too-large'
  | 'expansion-limit'
  | 'nesting-limit'
  | 'entry-limit'
  | 'unreadable-file'
  | 'changed-while-read'
  | 'parser-error';

export interface Container {
  /** 0, 1, 2, … in order of appearance in this walk; 0 is the source itself. */
  readonly index: number;
  /** `index` of the container that holds this one; -1 for the source itself. */
  readonly parent: number;
  readonly kind: ContainerKind;
  /** Path inside the parent (`mail/inbox.mbox`); for the source, its base name. Never trusted as a file system path. */
  readonly path: string;
  /** Outermost first. */
  readonly compressions: readonly Compression[];
  /** Folder that a reader would call it, e.g. Maildir++ `.Sent.2016` → `Sent/2016`, `inbox.mbox.gz` → `inbox`. */
  readonly folder: string;
}

/** Whether a container is a file inside the source: of a folder received in place, a tar that was never written holds its offsets. */
export function isFileInside({ parent, kind }: Container): boolean {
  return parent >= 0 && kind !== 'folder' && kind !== 'maildir';
}

/** Where bytes are. */
export interface Place {
  /** Path of the entry inside the container; '' in an mbox. */
  readonly path: string;
  /** Byte offset in the container's own (decompressed) stream, of the From_ line for an mbox; 0 for a whole file. */
  readonly offset: number;
  /** Bytes from there that belong to this message in the container. */
  readonly length: number;
  /**
   * Where the message's bytes (without From_ line) lie uninterrupted and as received in the stored original, so that they can be read back without
   * unpacking anything; undefined inside compression or where a body had to be unquoted.
   */
  readonly direct: { readonly offset: number; readonly length: number } | undefined;
}

export type SourceEvent =
  | { readonly type: 'container'; readonly container: Container }
  | {
      readonly type: 'message';
      readonly container: number;
      readonly place: Place;
      /** Folder that a reader would call it (a Maildir has many in one container). */
      readonly folder: string;
      /** The message's bytes; valid until the next batch of events is asked for. */
      readonly raw: Buffer;
    }
  | {
      readonly type: 'failed';
      readonly container: number;
      readonly place: Place;
      readonly code: FailureCode;
      /** One sentence for the operator, naming what was found. */
      readonly note: string;
    }
  /** A file that is no mail and no container: kept in the original, named, not counted as received. */
  | { readonly type: 'other'; readonly container: number; readonly place: Place; readonly note: string }
  | {
      readonly type: 'end';
      readonly container: number;
      /** Known only at the end. */
      readonly variant: MboxVariant | undefined;
      /** Bytes of the container's own stream. */
      readonly bytes: number;
    };
