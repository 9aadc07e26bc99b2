import type { Kind } from '../topology/observation.ts';

/** The families of checks; the first three letters of every code. */
export const areas = {
  STO: 'Storage',
  WAL: 'Write-ahead log',
  STL: 'Statelessness',
  HLT: 'Health',
  CFG: 'Configuration',
  RTP: 'Round trip',
} as const;
export type Area = keyof typeof areas;

/** What a check needs besides objects: running endpoints, or a history of operations. */
export type Need = 'objects' | 'endpoints' | 'history';

/** One row of the catalogue: a promise in a user's words. Codes are stable: never renumbered, never reused. */
export interface Statement {
  /** What must hold, as a full sentence. */
  readonly title: string;
  /** The worst outcome that the check gives. */
  readonly severity: 'fail' | 'warn';
  readonly needs: Need;
  /** Kinds that must have been read; where one was refused, the check is inconclusive with the server's words. */
  readonly reads?: readonly Kind[];
  /** Why it matters to someone who runs Milvus. */
  readonly why: string;
  /** What to do when it does not hold. */
  readonly remedy: string;
  /** Document or issue that the rule comes from. */
  readonly source?: string;
}
