import { expect, test } from 'vitest';
import type { Neighbour } from '../../../workload/oracle.ts';
import { deviationOf, type Question } from './search-answer.ts';

/** Rows on a line: key n lies at n, and key 14 where key 4 is. The query is at 0, so key n is at distance n squared. */
const rows = new Map(
  [1, 2, 3, 4, 5, 14].map((id) => [id, { id, label: '', vector: Float32Array.of(id === 14 ? 4 : id) }]),
);

function judge(keys: readonly number[], changes: Partial<Question> = {}, distances?: readonly number[]) {
  const answer: Neighbour[] = keys.map((key, index) => ({
    key,
    distance: distances?.[index] ?? (key === 14 ? 16 : key ** 2),
  }));
  const question = { vector: Float32Array.of(0), k: 4, rows, ignored: new Set<number>(), ...changes };
  const deviation = deviationOf(answer, question);
  return deviation === undefined ? 'exact' : `${deviation.verdict}: ${deviation.text}`;
}

test.for([
  ['the nearest rows', [1, 2, 3, 4], 'exact'],
  ['another row at the same distance', [1, 2, 3, 14], 'exact'],
  ['one hit less', [1, 2, 3], 'SHORT: 3 hits instead of 4'],
  ['nothing', [], 'SHORT: 0 hits instead of 4'],
  ['two hits swapped', [2, 1, 3, 4], 'WRONG_ORDER: the right rows in the wrong order'],
  ['a row too far', [1, 2, 3, 5], 'WRONG_ROW: hit 4 is key 5, not key 4'],
  ['a row that does not exist', [1, 2, 3, 99], 'WRONG_ROW: key 99 must not be found'],
  ['a row twice', [1, 2, 3, 3], 'WRONG_ROW: key 3 is there twice'],
  ['more than k', [1, 2, 3, 4, 14], 'WRONG_ROW: 5 hits for k = 4'],
] as const)('%s', ([, keys, verdict]) => {
  expect(judge(keys)).toBe(verdict);
});

test('right rows at wrong distances', () => {
  expect(judge([1, 2, 3, 4], {}, [1, 4, 9.5, 16])).toBe('WRONG_DISTANCE: key 3 at 9.5 instead of 9');
});

test('rows at the same distance in either order, with fewer rows than k', () => {
  expect(judge([1, 2, 3, 14, 4, 5], { k: 10 })).toBe('exact');
  expect(judge([1, 2, 3, 4, 14, 5], { k: 10 })).toBe('exact');
  expect(judge([1, 2, 3, 4, 14], { k: 10 })).toBe('SHORT: 5 hits instead of 6');
});

test('ignored keys are judged neither for being there nor for missing', () => {
  const ignored = new Set([2]);
  expect(judge([1, 3, 4, 14], { ignored })).toBe('exact');
  expect(judge([1, 2, 3, 4], { ignored })).toBe('exact');
  expect(judge([2, 1, 3, 4], { ignored }, [0, 1, 9, 16])).toBe('exact');
  expect(judge([1, 2, 4, 14], { ignored })).toBe('WRONG_ROW: hit 2 is key 4, not key 3');
});
