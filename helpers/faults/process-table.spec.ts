import { expect, test } from 'vitest';
import { blowsFor, parseProcessTable } from './process-table.ts';

const table = (...lines: readonly string[]) => parseProcessTable(`${lines.join('\n')}\n`);

test('a name may hold blanks and brackets', () => {
  expect(table('12 (a) b (c) S 1 12 12 0')).toEqual([{ pid: 12, command: 'a) b (c', parent: 1 }]);
});

test.each([
  ['a Go program as process 1', ['1 (milvus) S 0 1', '40 (sh) S 0 40'], ['ABRT 1', 'SEGV 1']],
  ['a Java virtual machine as process 1', ['1 (java) S 0 1', '40 (sh) S 0 40'], ['SEGV 1']],
  [
    'below tini, its subprocess included',
    ['1 (tini) S 0 1', '7 (milvus) S 1 7', '9 (milvus) S 7 7', '40 (sh) S 0 40'],
    ['KILL 7 9'],
  ],
  ['below a shell', ['1 (bash) S 0 1', '8 (java) S 1 1', '40 (sh) S 0 40'], ['KILL 8']],
  ['a program that has helpers is struck itself', ['1 (etcd) S 0 1', '8 (sh) S 1 1'], ['ABRT 1', 'SEGV 1']],
])('%s', (_title, lines, blows) => {
  expect(blowsFor(table(...lines))?.map(({ signal, pids }) => [signal, ...pids].join(' '))).toEqual(blows);
});

test('a process namespace that the whole pod shares is left alone', () => {
  expect(blowsFor(table('1 (pause) S 0 1', '7 (milvus) S 0 7'))).toBeUndefined();
  expect(blowsFor([])).toBeUndefined();
});
