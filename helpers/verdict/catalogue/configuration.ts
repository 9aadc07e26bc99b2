import type { Statement } from '../statement.ts';

/** What Milvus was told, and whether it runs so. */
export const configuration = {
  'CFG-010': {
    title: 'The effective configuration can be read.',
    severity: 'fail',
    needs: 'objects',
    reads: ['ConfigMap'],
    why: 'Everything that must be durable is derived from it. A ConfigMap that is missing or is no YAML means that Milvus runs on defaults, or not at all.',
    remedy:
      'Look at the ConfigMap that the Milvus pods mount at /milvus/configs (`kubectl get configmap NAME -o yaml`) and mend the key that the finding names.',
  },
  'CFG-020': {
    title: 'The log that Milvus writes to is the one that is configured.',
    severity: 'fail',
    needs: 'endpoints',
    reads: ['ConfigMap'],
    why: 'A changed `mq.type` takes effect with a restart only, and some versions fall back in silence (milvus#40889): the claims that are kept are then not those of the log in use.',
    remedy:
      'Restart the components if the configuration was changed on purpose and no data is in the old log; otherwise set `mq.type` back to the log in use. Switching the log of a filled instance needs 3.0.',
    source: 'milvus#40889, milvus#52475',
  },
  'CFG-030': {
    title: '`mq.type` and `messageQueue` name the same log.',
    severity: 'warn',
    needs: 'objects',
    reads: ['ConfigMap'],
    why: 'The chart renders both. Where they differ, tools and versions that read the other one take another log for the truth.',
    remedy: 'Enable exactly one log in the values, so that the chart renders both settings alike.',
  },
  'CFG-040': {
    title: 'Object storage does not use the default password.',
    severity: 'warn',
    needs: 'objects',
    reads: ['ConfigMap'],
    why: 'minioadmin / minioadmin is known to everybody: whoever reaches port 9000 can read and delete every vector.',
    remedy:
      'Set `minio.accessKey` and `minio.secretKey`, or `minio.existingSecret`, in the values and upgrade; Milvus and MinIO must restart together.',
  },
  'CFG-050': {
    title: 'Milvus asks its clients who they are.',
    severity: 'warn',
    needs: 'objects',
    reads: ['ConfigMap'],
    why: 'Without `common.security.authorizationEnabled` whoever reaches port 19530 can read and drop every collection.',
    remedy:
      'Set `common.security.authorizationEnabled: true` and change the password of `root` from its default `Milvus`, or keep the port closed with a NetworkPolicy.',
    source: 'milvus.io: Enable Authentication',
  },
} as const satisfies Record<string, Statement>;
