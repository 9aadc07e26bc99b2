import type { Kind } from '../topology/observation.ts';

/** The families of checks; the first three letters of every code. */
export const areas = {
  STO: 'Storage',
  WAL: 'Write-ahead log',
  STL: 'Statelessness',
  HLT: 'Health',
  CFG: 'Configuration',
  RTP: 'Round trip',
  RES: 'Resilience',
  UPG: 'Upgrade',
  MAN: 'Manifest',
  PRE: 'Preflight',
} as const;
export type Area = keyof typeof areas;

/**
 * What a check needs: objects of a namespace, running endpoints, a history of operations, a fault and what came of it,
 * a deployment before an upgrade, one before and after it, a manifest that no cluster was asked about, or a cluster that
 * was asked before an install.
 */
export type Need =
  | 'objects'
  | 'endpoints'
  | 'history'
  | 'experiment'
  | 'before-upgrade'
  | 'upgrade'
  | 'manifest'
  | 'preflight';

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
  /** Set where a waiver has effect only with a limit of its own, in seconds. */
  readonly waivedWithin?: 'maxSeconds';
  /** Document or issue that the rule comes from. */
  readonly source?: string;
}
