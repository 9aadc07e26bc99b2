import type { Field, IndexPlan } from '../scenario.ts';
import { rowNumber, text, vector } from '../values.ts';

/** Columns that most scenarios have. */
export const id: Field = { name: 'id', type: 'Int64', key: 'given', value: rowNumber };
export const label: Field = { name: 'label', type: 'VarChar', maxLength: 64, value: text };
export const embedding: Field = { name: 'embedding', type: 'FloatVector', dimension: 32, value: vector(32) };

/** Exact: every answer is held to brute force. */
export const flat: IndexPlan = { field: 'embedding', type: 'FLAT', metric: 'L2' };
