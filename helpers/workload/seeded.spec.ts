import { expect, test } from 'vitest';
import { checksum, queryVector, rowOf } from './seeded.ts';

test('a row follows from seed and key alone', () => {
  expect(rowOf(42, 7, 32)).toEqual(rowOf(42, 7, 32));
  expect(checksum(rowOf(42, 7, 32))).toBe('ce1a1292');
  expect(rowOf(42, 7, 4)).toEqual({
    id: 7,
    label: expect.stringMatching(/^row-7-[0-9a-f]{8}$/),
    vector: rowOf(42, 7, 32).vector.slice(0, 4),
  });
});

test('another seed, key or stream gives another vector', () => {
  const vectors = [
    rowOf(42, 7, 32).vector,
    rowOf(42, 8, 32).vector,
    rowOf(43, 7, 32).vector,
    queryVector(42, 7, 32),
    queryVector(42, 8, 32),
  ];
  expect(new Set(vectors.map((vector) => vector.join())).size).toBe(vectors.length);
});

test('ten thousand rows have ten thousand checksums and vectors', () => {
  const rows = Array.from({ length: 10_000 }, (_, key) => rowOf(1, key, 8));
  expect(new Set(rows.map((row) => row.vector.join())).size).toBe(10_000);
  expect(new Set(rows.map(checksum)).size).toBeGreaterThan(9_990);
});

test('components are multiples of 1/64 and spread evenly over their range', () => {
  const components = Array.from({ length: 1000 }, (_, key) => [...rowOf(5, key, 32).vector]).flat();
  expect(components.every((component) => Number.isInteger(component * 64))).toBe(true);
  expect(Math.min(...components)).toBe(-127 / 64);
  expect(Math.max(...components)).toBe(127 / 64);
  const mean = components.reduce((sum, component) => sum + component, 0) / components.length;
  expect(Math.abs(mean)).toBeLessThan(0.02);
});

test('a change of any value changes the checksum', () => {
  const row = rowOf(42, 7, 32);
  expect(checksum({ ...row, label: `${row.label}.` })).not.toBe(checksum(row));
  expect(checksum({ ...row, vector: row.vector.with(31, 0.5) })).not.toBe(checksum(row));
  expect(checksum({ ...row, vector: [...row.vector] })).toBe(checksum(row));
});
