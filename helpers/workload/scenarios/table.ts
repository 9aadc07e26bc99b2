import type { Scenario } from './scenario.ts';
import { arraysAndJson } from './table/arrays-and-json.ts';
import { deleteByFilter } from './table/delete-by-filter.ts';
import { generatedKeys } from './table/generated-keys.ts';
import { openSchema } from './table/open-schema.ts';
import { partitionKey } from './table/partition-key.ts';
import { partitions } from './table/partitions.ts';
import { scalarTypes } from './table/scalar-types.ts';
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
} as const satisfies Readonly<Record<string, readonly Scenario[]>>;

/** All of them, in that order. */
export const allScenarios: readonly Scenario[] = Object.values(scenarios).flat();
