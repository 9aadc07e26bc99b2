import { expect, test } from 'vitest';
import { observationOfLayout, type Variation } from '../../fixtures/recordings/varied-layout.ts';
import type { Configuration } from './model.ts';
import { listOf, settingOf, textOf } from './settings.ts';
import { understand } from './understand.ts';

function configured(variation: Variation): Configuration {
  return understand(observationOfLayout('kafka', variation)).configuration;
}

test('user.yaml wins, key by key', () => {
  const configuration = configured({ settings: { minio: { bucketName: 'books' } } });
  expect(textOf(configuration, 'minio.bucketName')).toBe('books');
  expect(textOf(configuration, 'minio.address')).toBe('my-release-minio');
});

test('the file names decide which wins, not their order in the ConfigMap', () => {
  const swapped = [
    ['default.yaml', 'other.yaml'],
    ['user.yaml', 'default.yaml'],
    ['other.yaml', 'user.yaml'],
  ] as const;
  const configuration = configured({ settings: { minio: { bucketName: 'books' } }, edits: swapped });
  expect(textOf(configuration, 'minio.bucketName')).toBe('milvus-bucket');
});

test('a duplicate key: the last one wins, as when a chart renders two logs', () => {
  const duplicate = 'mq:\n      type: kafka\n    mq:\n      type: pulsar\n    pulsar: {address: my-pulsar}\n';
  const configuration = configured({ edits: [['mq:\n      type: kafka\n', duplicate]] });
  expect(textOf(configuration, 'mq.type')).toBe('pulsar');
});

test("the container's environment wins over files, as Milvus reads it", () => {
  const configuration = configured({
    edits: [
      [
        '          args:\n            - milvus\n',
        '          env:\n            - {name: MINIO_ADDRESS, value: s3.example.com}\n          args:\n            - milvus\n',
      ],
    ],
  });
  expect(textOf(configuration, 'minio.address')).toBe('s3.example.com');
  expect(configuration.from).toBe(
    'ConfigMap/my-release-milvus: default.yaml, user.yaml; ' +
      'environment of Deployment/my-release-milvus-proxy: MINIO_ADDRESS',
  );
});

test('keys are found whatever their case and separators', () => {
  const values = { Etcd: { endPoints: 'a:1, b:2' }, 'mq.type': 'kafka', common: { storage_type: '' } };
  expect(listOf({ values }, 'etcd.endpoints')).toEqual(['a:1', 'b:2']);
  expect(textOf({ values }, 'mq.type')).toBe('kafka');
  expect(textOf({ values }, 'common.storageType')).toBeUndefined();
  expect(settingOf({ values }, 'etcd')).toEqual({ endPoints: 'a:1, b:2' });
});
