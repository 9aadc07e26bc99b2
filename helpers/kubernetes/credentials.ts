import type { ConfigMap } from '../topology/objects.ts';
import { isRecord } from './json.ts';
import { parseMapping } from './redact-text.ts';

/** Keys of the object store, as Milvus' configuration gives them. */
export interface BucketKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Keys by the name of the ConfigMap that holds them. In memory only, for asking whether the bucket is there; a Map is
 * also nothing that JSON would show.
 */
export type Credentials = ReadonlyMap<string, BucketKeys>;

/** Keys of a ConfigMap in the order in which Milvus lays them over each other. */
const layers = ['milvus.yaml', 'default.yaml', 'user.yaml'] as const;

/** The object store's keys in a ConfigMap with Milvus' configuration, or undefined where it has none. Pure. */
export function bucketKeysOf(map: ConfigMap): BucketKeys | undefined {
  let accessKeyId = '';
  let secretAccessKey = '';
  for (const layer of layers) {
    const text = map.data?.[layer];
    const minio = text === undefined ? undefined : parseMapping(text)?.['minio'];
    if (!isRecord(minio)) continue;
    accessKeyId = textOf(minio['accessKeyID']) ?? accessKeyId;
    secretAccessKey = textOf(minio['secretAccessKey']) ?? secretAccessKey;
  }
  return accessKeyId === '' || secretAccessKey === '' ? undefined : { accessKeyId, secretAccessKey };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
