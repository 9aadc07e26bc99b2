import { distance } from 'fastest-levenshtein';

/** ` Did you mean 'x'?` with the candidate that is a few letters away, or an empty text when none is. */
export function suggestion(given: string, candidates: readonly string[]): string {
  const word = given.toLowerCase();
  const [nearest] = candidates
    .map((candidate) => ({ candidate, away: distance(word, candidate.toLowerCase()) }))
    .toSorted((one, other) => one.away - other.away);
  const near = nearest !== undefined && nearest.away <= Math.max(2, Math.floor(given.length / 3));
  return near ? ` Did you mean '${nearest.candidate}'?` : '';
}
