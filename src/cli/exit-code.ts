/** Exit statuses that scripts rely on. */
export const ExitCode = {
  ok: 0,
  /** Could not go on; message and hint are on stderr. */
  stopped: 1,
  usage: 2,
  /** Done, with failures or findings. */
  findings: 3,
} as const;
