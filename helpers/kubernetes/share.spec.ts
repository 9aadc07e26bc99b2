import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { Sharing } from './share.ts';

test('equal parts become one, and the values stay equal', () => {
  const sharing = new Sharing();
  const replica = (name: string) => ({ name, env: [{ name: 'MODE', value: 'cluster' }] });
  const first = sharing.share(replica('a'));
  const second = sharing.share(replica('b'));
  expect(second).toEqual(replica('b'));
  expect(second.env[0]).toBe(first.env[0]);
});

test('changes no value', () => {
  const sharing = new Sharing();
  assert(
    property(jsonValue(), (value) => {
      const copy = structuredClone(value);
      expect(sharing.share(value)).toEqual(copy);
    }),
  );
});
