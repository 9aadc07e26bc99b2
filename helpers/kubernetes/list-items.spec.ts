import { array, assert, dictionary, integer, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { ListItems } from './list-items.ts';

function read(text: string, chunkSize: number) {
  const items: unknown[] = [];
  const reader = new ListItems((item) => items.push(item));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkSize) reader.write(bytes.subarray(at, at + chunkSize));
  return { items, end: reader.end() };
}

test('finds just the items that JSON.parse finds, wherever the bytes are cut', () => {
  const list = {
    items: array(dictionary(string(), jsonValue()), { maxLength: 5 }),
    next: string({ minLength: 1 }),
    chunkSize: integer({ min: 1, max: 40 }),
    indent: integer({ min: 0, max: 3 }),
  };
  assert(
    property(list.items, list.next, list.chunkSize, list.indent, (items, next, chunkSize, indent) => {
      const body = { kind: 'PodList', metadata: { continue: next, labels: { a: '[{' } }, items, after: {} };
      const text = JSON.stringify(body, undefined, indent);
      const found = read(text, chunkSize);
      expect(found.items).toEqual(JSON.parse(text).items);
      expect(found.end).toEqual({ next, version: '' });
    }),
  );
});

test('an empty list may have null for its items, as an old server writes it', () => {
  expect(read('{"kind":"PodList","metadata":{},"items":null}', 7)).toEqual({
    items: [],
    end: { next: '', version: '' },
  });
});

test('what is no list, and a list that was cut short, are told apart', () => {
  expect(read('{"kind":"Pod","metadata":{}}', 7).end).toBeUndefined();
  expect(() => read('{"kind":"PodList","items":[{"a":1},{"b"', 7)).toThrow(SyntaxError);
  expect(() => read('<html>', 7)).toThrow(SyntaxError);
});
