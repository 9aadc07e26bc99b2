import { expect, test } from 'vitest';
import { matches, selects } from './selectors.ts';

const labels = { app: 'etcd', tier: 'store' };

test("a Service's selector: all pairs, and an empty one selects nothing", () => {
  expect(selects({ app: 'etcd' }, labels)).toBe(true);
  expect(selects({ app: 'etcd', tier: 'web' }, labels)).toBe(false);
  expect(selects({}, labels)).toBe(false);
  expect(selects(undefined, labels)).toBe(false);
});

test.each([
  ['In', 'app', ['etcd', 'x'], true],
  ['In', 'gone', ['etcd'], false],
  ['NotIn', 'app', ['etcd'], false],
  ['NotIn', 'gone', ['etcd'], true],
  ['Exists', 'app', [], true],
  ['DoesNotExist', 'app', [], false],
  ['Unknown', 'app', [], false],
])('expression %s %s %o', (operator, key, values, expected) => {
  expect(matches({ matchExpressions: [{ operator, key, values }] }, labels)).toBe(expected);
});
