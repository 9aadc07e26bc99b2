import { AwsClient } from 'aws4fetch';
import type { Bucket, MinioHealth } from '../topology/observation.ts';
import type { PodClient } from './ask-pod.ts';
import type { BucketKeys } from './credentials.ts';

/** MinIO's API port. */
export const minioPort = 9000;

/** MinIO's health endpoints, which need no keys. Source: MinIO documentation, "Healthcheck API". */
export async function probeMinio(client: PodClient): Promise<MinioHealth> {
  const live = await client.request('/minio/health/live');
  const cluster = await client.request('/minio/health/cluster');
  return { live: live.status, cluster: cluster.status };
}

/**
 * Whether the bucket is there: one signed HEAD, which reads no object and changes nothing.
 * @throws Error when the store refuses the keys or fails
 */
export async function probeBucket(
  client: PodClient,
  name: string,
  region: string,
  keys: BucketKeys,
): Promise<Bucket> {
  const aws = new AwsClient({ ...keys, service: 's3', region });
  const path = `/${encodeURIComponent(name)}`;
  const signed = await aws.sign(`${client.origin}${path}`, { method: 'HEAD' });
  const { status } = await client.request(path, {
    method: 'HEAD',
    headers: Object.fromEntries(signed.headers.entries()),
  });
  switch (status) {
    case 200:
      return { name, exists: true };
    case 404:
      return { name, exists: false };
    case 403:
      throw new Error(
        `MinIO refused the keys of Milvus' ConfigMap for the bucket ${name} (403). ` +
          'Where the real keys are in a Secret this is expected: the suite reads no Secrets.',
      );
    default:
      throw new Error(`MinIO answered HEAD ${path} with ${status}`);
  }
}
