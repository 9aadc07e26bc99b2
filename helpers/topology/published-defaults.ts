/** Keys and passwords that everyone can look up: MinIO's and the charts', and Milvus' own `root` password. */
const publishedDefaults: ReadonlySet<string> = new Set(['minioadmin', 'Milvus']);

/** How an observation shows such a one: that it is a published default is worth knowing, and no secret. */
export const redactedDefault = '(redacted: the published default)';

/** Whether a secret, redacted or as a manifest has it, is one that everyone can look up. */
export function isPublishedDefault(secret: string): boolean {
  return secret === redactedDefault || publishedDefaults.has(secret);
}
