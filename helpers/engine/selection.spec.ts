import { expect, test } from 'vitest';
import { everything, isSelected } from './selection.ts';

test.each([
  ['STO-010', everything, true],
  ['STO-010', { only: ['STO'], skip: [] }, true],
  ['STO-010', { only: ['STO-010'], skip: [] }, true],
  ['STO-010', { only: ['STO-01'], skip: [] }, false],
  ['STO-010', { only: ['WAL'], skip: [] }, false],
  ['STO-010', { only: [], skip: ['STO'] }, false],
  ['STO-010', { only: ['STO-010'], skip: ['STO'] }, false],
  ['STO-010', { only: [], skip: ['STO-020'] }, true],
])('%s with %j: %s', (code, selection, selected) => {
  expect(isSelected(code, selection)).toBe(selected);
});
