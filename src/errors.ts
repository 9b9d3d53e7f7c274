/**
 * What stops an operation and what the operator can do about it: a locked trove, a full disk, a newer
 * trove format, a source without mail. The CLI prints `message` and `hint` and exits 1; pages show the same.
 *
 * Damage inside mail is never an OperatorError: it is data (a defect, a failed occurrence).
 */
export class OperatorError extends Error {
  /** Stable, kebab-case; scripts may rely on it. */
  readonly code: string;
  /** One sentence that says what to do next. */
  readonly hint: string;

  constructor(code: string, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OperatorError';
    this.code = code;
    this.hint = hint;
  }
}

/** One source that cannot be read, or holds no mail, does not keep the others out; a full disk does. */
export function isRefusal(error: unknown): error is OperatorError {
  return (
    error instanceof OperatorError && (error.code.startsWith('source-') || error.code === 'no-mail-found')
  );
}
