import type { Statement } from '../statement.ts';

/** The write-ahead log: what was acknowledged and not yet flushed lies only there. */
export const log = {
  'WAL-010': {
    title: 'The type of the write-ahead log is configured and known.',
    severity: 'fail',
    needs: 'objects',
    reads: ['ConfigMap'],
    why: 'Which data must be durable follows from the log type. Where it is not known nothing can be promised, and Milvus picks a default that need not be the one installed (milvus#40889).',
    remedy:
      'Set `mq.type` in the Milvus configuration to woodpecker, kafka, pulsar, rocksmq or natsmq, the one that is installed.',
    source: 'milvus#40889',
  },
  'WAL-020': {
    title: 'The write-ahead log has a durable home: claims of its own, or object storage that has them.',
    severity: 'fail',
    needs: 'objects',
    reads: ['ConfigMap', 'StatefulSet', 'Deployment'],
    why: 'An acknowledged write is in the log before it is anywhere else. Woodpecker with `minio` storage keeps the log in the bucket, so that the streaming node needs no claim and object storage carries it.',
    remedy:
      'Keep `woodpecker.storage.type: minio` with an object store that is durable, or give the log claims of its own.',
    source: 'Woodpecker: storage types',
  },
  'WAL-030': {
    title: 'Each replica that keeps the log has a claim of its own.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'Log replicas that share one claim are one copy: the quorum of acknowledged writes is then a quorum in name only.',
    remedy:
      'Run the log’s servers as a StatefulSet with a volumeClaimTemplate (`woodpecker.persistence.enabled`, `kafka.persistence.enabled`, `pulsarv3.volumes.persistence`).',
  },
  'WAL-040': {
    title: 'The write-ahead log does not lie on an emptyDir.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'Rows that were acknowledged and not yet flushed are only in the log. When its pods go, an emptyDir goes with them; afterwards every pod is Running, every call answers Success, and the rows are gone.',
    remedy:
      'Turn persistence on for the log (`woodpecker.persistence.enabled=true`, `kafka.persistence.enabled=true`, `kafka.zookeeper.persistence.enabled=true`). Flush all collections before the change: the log’s content is not carried over.',
    source: 'milvus#38284, milvus#41521',
  },
  'WAL-050': {
    title: 'The write-ahead log does not lie in the container’s own layer.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment', 'ConfigMap'],
    why: 'Where no volume covers the log’s path, a container restart is enough to lose acknowledged rows. The chart does so with `woodpecker.storage.type: local` in a cluster (/woodpecker/data has no mount), and for a standalone with Woodpecker as a service (/var/lib/milvus/wp is off the service’s claim).',
    remedy:
      'Set `woodpecker.storage.type` to `minio` or `service`, or make `woodpecker.storage.rootPath` a path below a mounted claim.',
  },
  'WAL-060': {
    title: 'The volume under the log can be written, outlives its pod and is not tied to one node’s folder.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Deployment'],
    why: 'A hostPath stays behind when the pod moves, an ephemeral volume is deleted with the pod, a read-only volume keeps nothing: each loses acknowledged rows.',
    remedy: 'Put the log on a claim, through a volumeClaimTemplate of its StatefulSet.',
  },
  'WAL-070': {
    title: 'With Woodpecker `local` in a cluster, all streaming nodes share one ReadWriteMany volume.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet', 'PersistentVolumeClaim', 'ConfigMap'],
    why: 'A channel moves from one streaming node to another. With a private disk the new node does not find the log that the old one wrote (woodpecker#129).',
    remedy:
      'Use `woodpecker.storage.type: minio` or `service`; or mount one claim with access mode ReadWriteMany over `woodpecker.storage.rootPath` in every streaming node.',
    source: 'woodpecker#129',
  },
  'WAL-080': {
    title: 'Woodpecker as a service has enough replicas for its quorum.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'ConfigMap'],
    why: 'Each segment of the log is written to an ensemble of three servers. With fewer no segment can be opened, and every insert waits.',
    remedy: 'Set `woodpecker.replicaCount` to 3 at least; 4 lets one be replaced while writes go on.',
    source: 'Woodpecker: quorum configuration',
  },
  'WAL-090': {
    title: 'Pulsar has its three durable parts: ZooKeeper data, bookie journal, bookie ledgers.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Service'],
    why: 'Brokers keep nothing. The journal has the newest writes, the ledgers the rest, ZooKeeper knows where both are: without any one of them the log cannot be read.',
    remedy: 'Install the missing part (`pulsarv3.components.zookeeper`, `pulsarv3.components.bookkeeper`).',
  },
  'WAL-100': {
    title: 'Kafka has its durable parts: broker data, and ZooKeeper data where it uses ZooKeeper.',
    severity: 'fail',
    needs: 'objects',
    reads: ['StatefulSet', 'Service'],
    why: 'ZooKeeper knows which topics there are. With broker data but without ZooKeeper’s the brokers start with no topic, and the log is empty to Milvus.',
    remedy: 'Install the missing part (`kafka.zookeeper.enabled=true`), or run Kafka in KRaft mode.',
  },
  'WAL-110': {
    title: 'RocksMQ and NATS keep their log on the claim of the Milvus pod that runs them.',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet', 'ConfigMap'],
    why: 'Both write beside Milvus itself, to /var/lib/milvus/rdb_data or /var/lib/milvus/nats. On anything but a claim the log goes with the pod.',
    remedy:
      'Mount a claim over /var/lib/milvus (Helm: `standalone.persistence.enabled=true`; operator: `spec.dependencies.rocksmq.persistence`).',
  },
  'WAL-120': {
    title: 'The log or the streaming node has a claim whatever the storage type (strict reading).',
    severity: 'fail',
    needs: 'objects',
    reads: ['Deployment', 'StatefulSet', 'ConfigMap'],
    why: 'Some operators want local durability of the log as a rule. It is asked for with `wal: {requireClaim: always}`; by default only what the configuration makes necessary is asked for.',
    remedy:
      'Mount a claim over the log’s path in the streaming node, run Woodpecker as a service with persistence, or go back to `wal: {requireClaim: configuration}`.',
  },
} as const satisfies Record<string, Statement>;
