/** Written by bench/polnear with --write: rule → attributions found on dev, and how many of them were right. */
export const measuredOnDev: Readonly<Record<string, { readonly found: number; readonly right: number }>> = {};
