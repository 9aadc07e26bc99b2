import type { Scenario } from './scenario.ts';
import { aliases } from './table/aliases.ts';
import { arraysAndJson } from './table/arrays-and-json.ts';
import { boundaries } from './table/boundaries.ts';
import { eachProxy, twoClients } from './table/clients.ts';
import { databases } from './table/databases.ts';
import { deleteByFilter } from './table/delete-by-filter.ts';
import { fullText } from './table/full-text.ts';
import { generatedKeys } from './table/generated-keys.ts';
import { hybridSearch } from './table/hybrid-search.ts';
import { indexKinds } from './table/index-kinds.ts';
import { largeBatches } from './table/large-batches.ts';
import { levels } from './table/levels.ts';
import { openSchema } from './table/open-schema.ts';
import { grouping, paging, rangeSearch } from './table/other-searches.ts';
import { binaryVectors, sparseVectors } from './table/other-vectors.ts';
import { partitionKey } from './table/partition-key.ts';
import { partitions } from './table/partitions.ts';
import { scalarTypes } from './table/scalar-types.ts';
import { segments } from './table/segments.ts';
import { textKeys } from './table/text-keys.ts';
import { upsert } from './table/upsert.ts';

/** Every scenario of `gate --thorough` by its code, in the order of the run. */
export const scenarios = {
  'RTP-210': [upsert],
  'RTP-215': [deleteByFilter],
  'RTP-220': [textKeys],
  'RTP-225': [generatedKeys],
  'RTP-230': [partitions],
  'RTP-235': [partitionKey],
  'RTP-240': [openSchema],
  'RTP-250': [scalarTypes],
  'RTP-255': [arraysAndJson],
  'RTP-260': indexKinds,
  'RTP-265': [rangeSearch],
  'RTP-270': [grouping],
  'RTP-272': [hybridSearch],
  'RTP-274': [fullText],
  'RTP-275': [paging],
  'RTP-280': binaryVectors,
  'RTP-285': [sparseVectors],
  'RTP-300': [levels],
  'RTP-310': [segments],
  'RTP-320': [twoClients],
  'RTP-325': [eachProxy],
  'RTP-330': [boundaries],
  'RTP-335': aliases,
  'RTP-340': [databases],
  'RTP-345': [largeBatches],
} as const satisfies Readonly<Record<string, readonly Scenario[]>>;

/** The scenarios that a code judges; none for the codes of the short round trip. */
export function scenariosOf(code: string): readonly Scenario[] {
  return Object.entries(scenarios).find(([own]) => own === code)?.[1] ?? [];
}

/** All of them, in that order. */
export const allScenarios: readonly Scenario[] = Object.values(scenarios).flat();
