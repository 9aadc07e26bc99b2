import { expect, test } from 'vitest';
import { PrimaryKey } from './primary-key.ts';

function keyOf(type: string): PrimaryKey {
  const field = { name: 'id', type, primary: true, autoId: false, partitionKey: false, nullable: false };
  const schema = { description: '', dynamic: false, functions: [], fields: [{ ...field, params: {} }] };
  return new PrimaryKey(schema, 'books');
}

test('numbers are in order by value, also beyond what a double can tell apart', () => {
  const key = keyOf('Int64');
  expect(key.greatest(['9', '10', '-11'])).toBe('10');
  expect(key.greatest(['9007199254740993', '9007199254740992'])).toBe('9007199254740993');
  expect(key.after('10')).toBe('id > 10');
});

test('texts are in order by their bytes, and are quoted', () => {
  const key = keyOf('VarChar');
  expect(key.greatest(['9', '10', 'é', 'z'])).toBe('é');
  expect(key.among(['a', 'say "b"'])).toBe('id in ["a", "say \\"b\\""]');
});

test('a page without keys has no last one', () => {
  expect(keyOf('Int64').greatest(keyOf('Int64').of([]))).toBeUndefined();
});
