/** Pages whose console sessions are run. */
export const pagesWithSessions = ['README.md', 'docs/trove-format.md'] as const;
