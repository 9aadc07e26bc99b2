import { expect, test } from 'vitest';
import { writeQuorum } from './quorum.ts';

test.each([
  ['etcd', 3, 2],
  ['etcd', 4, 3],
  ['etcd', 1, 1],
  ['zookeeper', 5, 3],
  ['minio', 1, 1],
  ['minio', 2, 2],
  ['minio', 4, 3],
  ['minio', 8, 5],
  ['minio', 16, 12],
  ['woodpecker', 4, 3],
  ['kafka', 3, undefined],
] as const)('%s with %i members', (product, replicas, quorum) => {
  expect(writeQuorum(product, replicas)).toBe(quorum);
});
