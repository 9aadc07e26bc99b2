import type { KeepingProduct } from './model.ts';

/**
 * How many of `replicas` members must work for a store to take writes; undefined where the product's own settings
 * decide (Kafka's `min.insync.replicas`, Pulsar's ack quorum).
 *
 * etcd and ZooKeeper: a majority. MinIO with one drive a server: the drives without parity, one more where that is
 * half (default parity of MinIO's erasure coding). Woodpecker: a write goes to an ensemble of three.
 */
export function writeQuorum(product: KeepingProduct, replicas: number): number | undefined {
  switch (product) {
    case 'etcd':
    case 'zookeeper':
      return Math.floor(replicas / 2) + 1;
    case 'minio':
      return minioQuorum(replicas);
    case 'woodpecker':
      return Math.min(replicas, 3);
    case 'rocksmq':
    case 'natsmq':
    case 'local':
      return 1;
    case 'kafka':
    case 'pulsar':
    case 's3':
      return undefined;
  }
}

function minioQuorum(drives: number): number {
  const parity = drives === 1 ? 0 : drives <= 3 ? 1 : drives <= 5 ? 2 : drives <= 7 ? 3 : 4;
  const data = drives - parity;
  return data === parity ? data + 1 : data;
}
