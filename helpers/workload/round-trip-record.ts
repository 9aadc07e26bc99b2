import { z } from 'zod';
import type { History, Operation, Outcome } from './history.ts';

/** What a round trip writes for one kind of step, and its judges read. */
interface StepRecord<Request, Value> {
  readonly request: z.ZodType<Request>;
  readonly value: z.ZodType<Value>;
}

const collection = { collection: z.string() };
const keys = z.array(z.number().int());

/** A query vector: that of a row, or a fresh one that no row has. */
const querySource = z.object({ kind: z.enum(['row', 'fresh']), number: z.number().int() });
export type QuerySource = z.infer<typeof querySource>;

const neighbour = z.object({ key: z.number(), distance: z.number() });
const rowSeen = z.object({ key: z.number(), checksum: z.string() });
export type RowSeen = z.infer<typeof rowSeen>;

const poll = {
  request: z.object({ ...collection, budgetMs: z.number() }),
  value: z.object({ done: z.boolean(), state: z.string() }),
};
const search = {
  request: z.object({ ...collection, query: querySource, k: z.number().int() }),
  value: z.object({ hits: z.array(neighbour) }),
};
const read = {
  request: z.object({ ...collection, keys }),
  value: z.object({ rows: z.array(rowSeen) }),
};
const count = {
  request: z.object(collection),
  value: z.object({ count: z.number().int() }),
};
const plain = { request: z.object(collection), value: z.object({}) };
/** Only names that are the run's own: a user's collections are none of a report's business. */
const list = {
  request: z.object(collection),
  value: z.object({ own: z.array(z.string()) }),
};

/** Every step by its name in the history. Which of them ran, and in which order, is in `round-trip.ts`. */
const steps = {
  create: {
    request: z.object({ ...collection, dimension: z.number().int() }),
    value: z.object({}),
  },
  insert: {
    request: z.object({ ...collection, firstKey: z.number().int(), rows: z.number().int() }),
    value: z.object({ inserted: z.number().int() }),
  },
  flush: plain,
  'flush state': poll,
  'create index': plain,
  'index state': poll,
  load: plain,
  'load state': poll,
  search,
  'read rows': read,
  'read keys never written': read,
  count,
  delete: {
    request: z.object({ ...collection, keys }),
    value: z.object({ deleted: z.number().int() }),
  },
  'search after delete': search,
  'read rows after delete': read,
  'count after delete': count,
  drop: plain,
  'list at the end': list,
  'drop at the end': plain,
} as const satisfies Record<string, StepRecord<unknown, unknown>>;

export type StepName = keyof typeof steps;
export type RequestOf<S extends StepName> = z.infer<(typeof steps)[S]['request']>;
type ValueOf<S extends StepName> = z.infer<(typeof steps)[S]['value']>;

const shapes: { readonly [S in StepName]: StepRecord<RequestOf<S>, ValueOf<S>> } = steps;

/** One operation of a step, with its request and answer in the shape that the step has. */
export interface Done<S extends StepName> {
  readonly operation: Operation;
  readonly request: RequestOf<S>;
  readonly outcome: Exclude<Outcome, { state: 'ok' }> | { readonly state: 'ok'; readonly value: ValueOf<S> };
}

/**
 * The operations of a step, in order.
 *
 * @throws ZodError where an operation is not what this version writes
 */
export function operationsOf<S extends StepName>(history: History, step: S): readonly Done<S>[] {
  return history.operations
    .filter((operation) => operation.step === step)
    .map((operation) => typed(step, operation));
}

function typed<S extends StepName>(step: S, operation: Operation): Done<S> {
  const shape = shapes[step];
  const { outcome } = operation;
  return {
    operation,
    request: shape.request.parse(operation.request),
    outcome: outcome.state === 'ok' ? { state: 'ok', value: shape.value.parse(outcome.value) } : outcome,
  };
}
