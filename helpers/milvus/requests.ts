import type { z } from 'zod';
import type { Operation } from '../workload/history.ts';

/** What the history says of a call: its step, and a description of the request without vectors. */
export interface Mark {
  readonly step: string;
  readonly request: Operation['request'];
}

/** A flush under way. Both are 64-bit numbers, as text. */
export interface Flush {
  readonly segments: readonly string[];
  readonly timestamp: string;
}

/** How far something is that takes a while. */
export interface State {
  readonly done: boolean;
  readonly state: string;
}

export interface Index {
  readonly field: string;
  readonly type: 'FLAT';
  readonly metric: 'L2';
}

export interface SearchQuery {
  readonly field: string;
  readonly vector: Float32Array;
  readonly k: number;
  readonly metric: 'L2';
  readonly keyField: string;
}

export interface SearchHit {
  readonly key: number;
  readonly distance: number;
}

export interface RowQuery<T> {
  readonly filter: string;
  readonly fields: string[];
  readonly row: z.ZodType<T>;
}
