import { expect, test } from 'vitest';
import { awayMs, coveredMs } from './away.ts';

const spell = (from: number, until: number | undefined) => ({ from, until });

test.each([
  ['nothing', [], 0],
  ['spells apart', [spell(100, 200), spell(500, 700)], 300],
  ['spells that overlap, in any order', [spell(150, 300), spell(100, 200)], 200],
  ['one within another', [spell(100, 900), spell(200, 300)], 800],
  ['one without an end', [spell(100, 200), spell(800, undefined)], 300],
  ['one that began after the end of the watch', [spell(2000, undefined)], 0],
])('time away: %s', (_, spells, expected) => {
  expect(coveredMs(spells, 1000)).toBe(expected);
});

test('outages and wrong answers count together, and no moment twice', () => {
  const outages = [{ ...spell(0, 400), failures: 4, errors: [] }];
  const wrong = [{ ...spell(350, 500), answers: 2, first: { operation: 1, text: '0 hits' } }];
  expect(awayMs({ outages, wrong }, 1000)).toBe(500);
});
