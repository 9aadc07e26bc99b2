import { keyListOf, type Level } from './record.ts';

/** What the history says of a write of a ledger; `record.ts` describes it. */
export function writeRequest(
  collection: string,
  write:
    | { readonly kind: 'insert' | 'upsert'; readonly generation: number }
    | { readonly kind: 'delete'; readonly generation?: undefined },
  keys: Iterable<number>,
  client: number,
): Readonly<Record<string, unknown>> {
  const request = { collection, ledger: write.kind, keys: keyListOf(keys), client };
  return write.kind === 'delete' ? request : { ...request, generation: write.generation };
}

/** What the history says of a read of a ledger. */
export function readRequest(
  collection: string,
  level: Level,
  keys: Iterable<number>,
  client: number,
): Readonly<Record<string, unknown>> {
  return { collection, ledger: 'read', keys: keyListOf(keys), client, level };
}
