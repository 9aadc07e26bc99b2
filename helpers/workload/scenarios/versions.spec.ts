import { expect, test } from 'vitest';
import { offers } from './versions.ts';

test.for([
  ['v2.6.2', '2.5', true],
  ['2.5.0', '2.5', true],
  ['v2.4.15-dev', '2.5', false],
  ['v3.0.0', '2.5', true],
  ['v2.10.1', '2.9', true],
  ['main-20261101', '2.5', true],
  [undefined, '2.5', true],
  ['v2.3.1', undefined, true],
] as const)('a server %s has what came with %s: %s', ([version, since, expected]) => {
  expect(offers(version, since)).toBe(expected);
});
