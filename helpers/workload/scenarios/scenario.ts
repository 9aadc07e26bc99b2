import type { Maker, Row } from './values.ts';

/** A column of a scenario's collection, and what its rows hold. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** The primary key. `generated`: the server makes it. */
  readonly key?: 'given' | 'generated';
  readonly partitionKey?: true;
  readonly maxLength?: number;
  readonly dimension?: number;
  readonly element?: 'Int64' | 'VarChar';
  readonly capacity?: number;
  readonly nullable?: true;
  readonly defaultValue?: number | string;
  /** The server takes its text apart, for full-text search. */
  readonly analyzed?: true;
  /** Made by the server from this text field, for BM25; neither written nor read. */
  readonly computedFrom?: string;
  /** Not in the schema: a key of the dynamic field. */
  readonly dynamic?: true;
  /** Undefined leaves the field out of the row. */
  readonly value: (...given: Parameters<Maker>) => ReturnType<Maker> | undefined;
}

export type FieldType =
  | 'Bool'
  | 'Int8'
  | 'Int16'
  | 'Int32'
  | 'Int64'
  | 'Float'
  | 'Double'
  | 'VarChar'
  | 'JSON'
  | 'Array'
  | VectorType;
type VectorType = 'FloatVector' | 'BinaryVector' | 'SparseFloatVector';

export type Metric = 'L2' | 'IP' | 'COSINE' | 'HAMMING' | 'JACCARD';

export interface IndexPlan {
  readonly field: string;
  readonly type: string;
  readonly metric: Metric | 'BM25';
  readonly params?: Readonly<Record<string, number>>;
}

/** Rows by number, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A filter as the server reads it, and what it means. */
export interface Filter {
  readonly text: string;
  readonly matches: (row: Row) => boolean;
}

export type Level = 'Strong' | 'Bounded' | 'Session' | 'Eventually';

/** Where and how a read is made. */
interface Reading {
  readonly partitions?: readonly string[];
  readonly level?: Level;
}

export interface SearchStep extends Reading {
  readonly act: 'search';
  readonly field: string;
  /** Query vectors: that many, none of which a row has. */
  readonly queries: number;
  readonly k: number;
  readonly filter?: Filter;
  /** Only hits between these: `nearest` is the bound on the side of the best. Both as Milvus takes them. */
  readonly range?: { readonly radius: number; readonly nearest: number };
  /** One hit for each value of this field. */
  readonly groupBy?: string;
  readonly params?: Readonly<Record<string, number>>;
  /** Share of the exact answer that must be there; without it the answer must be exact. */
  readonly recall?: number;
}

/** Searches of several fields, ranked together by reciprocal rank fusion. */
export interface HybridStep extends Reading {
  readonly act: 'hybrid search';
  readonly fields: readonly string[];
  /** For each a fresh vector for each field. */
  readonly queries: number;
  /** Hits of each field's search that are ranked. */
  readonly ranked: number;
  readonly k: number;
  readonly filter?: Filter;
}

/** A search by words (BM25). */
export interface MatchStep extends Reading {
  readonly act: 'match';
  /** The computed field. */
  readonly field: string;
  /** One or two words. Every row's text has the same number of words, each once. */
  readonly words: readonly string[];
  readonly k: number;
  /** How many of the words a row's text has. Whatever is counted besides, a row with both is nearer than one with one. */
  readonly matched: (row: Row) => number;
}

/** What is done, by whom, in plain data. A write that fails ends the scenario; a read that fails is judged. */
export type Step = Action & {
  /** Which of the scenario's clients takes it: the first by default. */
  readonly client?: number | 'each' | 'last';
  /** Which collection: the first by default, the scenario's second, or by the alias the one that it stands for. */
  readonly on?: 'second' | 'alias';
};

type Action =
  | {
      readonly act: 'insert' | 'upsert';
      readonly rows: Range;
      readonly generation?: number;
      readonly partition?: string;
      /** Rows in one call; all of them by default. */
      readonly perCall?: number;
    }
  /** By the rows' keys. */
  | { readonly act: 'delete'; readonly rows: Range }
  | { readonly act: 'delete where'; readonly filter: Filter; readonly partition?: string }
  | { readonly act: 'flush' | 'index' | 'load' | 'release' | 'compact' }
  /** `move alias`: from the collection that has it. */
  | { readonly act: 'create alias' | 'move alias' | 'drop alias' }
  | { readonly act: 'pause'; readonly seconds: number }
  | { readonly act: 'create partition' | 'drop partition'; readonly partition: string }
  /** Reads rows by key: those that are there, and those that must not be. `perCall` as of an insert. */
  | ({ readonly act: 'read'; readonly rows: Range; readonly perCall?: number } & Reading)
  | ({ readonly act: 'select'; readonly filter: Filter } & Reading)
  | ({ readonly act: 'count'; readonly filter?: Filter } & Reading)
  /** All rows in pages by primary key, as a client does that wants more than the 16,384 of one answer. */
  | ({ readonly act: 'page'; readonly rowsPerPage: number } & Reading)
  | SearchStep
  | HybridStep
  | MatchStep
  /** A write that must be refused, and nothing of it stored. */
  | { readonly act: 'refused'; readonly why: string; readonly rows: readonly Row[] };

/** One thing that Milvus promises, tried on a collection of its own. */
export interface Scenario {
  /** Of all scenarios; in the history it stands before each step. */
  readonly name: string;
  /** First version of Milvus that has it, `major.minor`. */
  readonly since?: string;
  /** A server may lack it: then its refusal to create the index or the collection is no failure. */
  readonly optional?: true;
  /** One by default. With `each proxy`, one for every proxy pod that was Ready. */
  readonly clients?: number | 'each proxy';
  readonly fields: readonly Field[];
  /** A second collection of the same fields: one beside the first, or one of its name in a database of its own. */
  readonly second?: 'collection' | 'database';
  readonly partitions?: readonly string[];
  readonly indexes: readonly IndexPlan[];
  readonly steps: readonly Step[];
}
