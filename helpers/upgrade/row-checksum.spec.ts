import { expect, test } from 'vitest';
import { cellsOf } from './columns.ts';
import { RowBytes, SetChecksum } from './row-checksum.ts';

type Column = Parameters<typeof cellsOf>[0];

function checksumOf(size: number, ...columns: readonly Column[]): string {
  const cells = columns.map(cellsOf);
  const bytes = new RowBytes();
  const checksum = new SetChecksum();
  for (let row = 0; row < size; row += 1) checksum.add(bytes.of(cells, row));
  return checksum.toString();
}

const keys = (...data: string[]): Column => ({ field_name: 'id', scalars: { long_data: { data } } });
const texts = (...data: string[]): Column => ({ field_name: 'label', scalars: { string_data: { data } } });
const json = (...data: string[]): Column => ({
  field_name: 'meta',
  scalars: { json_data: { data: data.map((text) => Buffer.from(text)) } },
});

test('the order of the rows does not count, and which value is of which row does', () => {
  const first = checksumOf(2, keys('1', '2'), texts('a', 'b'));
  expect(checksumOf(2, keys('2', '1'), texts('b', 'a'))).toBe(first);
  expect(checksumOf(2, keys('1', '2'), texts('b', 'a'))).not.toBe(first);
});

test('a row that is there twice counts twice', () => {
  expect(checksumOf(2, keys('1', '1'))).not.toBe(checksumOf(1, keys('1')));
});

test('where one value ends and the next begins counts', () => {
  expect(checksumOf(1, texts('ab'), texts('c'))).not.toBe(checksumOf(1, texts('a'), texts('bc')));
});

test('the order of the keys of JSON does not count', () => {
  expect(checksumOf(1, json('{"a":1,"b":{"c":2,"d":3}}'))).toBe(
    checksumOf(1, json('{"b":{"d":3,"c":2},"a":1}')),
  );
});

test('null is no empty text, whether nulls are sent or left out', () => {
  const valid_data = [true, false];
  const sent = checksumOf(2, { ...texts('a', ''), valid_data });
  expect(checksumOf(2, { ...texts('a'), valid_data })).toBe(sent);
  expect(checksumOf(2, texts('a', ''))).not.toBe(sent);
});

test('vectors are compared by their bytes', () => {
  const vectors = (...data: number[]): Column => ({
    field_name: 'vector',
    vectors: { dim: 2, float_vector: { data } },
  });
  expect(checksumOf(2, vectors(1, 2, 3, 4))).toBe(checksumOf(2, vectors(3, 4, 1, 2)));
  expect(checksumOf(2, vectors(1, 2, 3, 4))).not.toBe(checksumOf(2, vectors(1, 3, 2, 4)));
});
