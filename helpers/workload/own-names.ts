/**
 * Begins the name of everything that a run makes in Milvus: `mc_20261125_101500_3fa1`. Letters, digits and underscores,
 * as Milvus wants names; the run's id in it lets a later run find what is left.
 */
export function ownPrefix(runId: string): string {
  return `mc_${runId.replaceAll(/[^A-Za-z0-9]+/g, '_')}`;
}

/** `mc_20261125_101500_3fa1_1_ledger`: the run's id, and what it is for. */
const ownName = /^mc_(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})_[0-9a-f]{4}_/;

/** When the run began that made what is named so, in ms since 1970; undefined for a name that is not of the suite. */
export function runBegan(name: string): number | undefined {
  const [, ...time] = ownName.exec(name) ?? [];
  if (time.length === 0) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = time.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
