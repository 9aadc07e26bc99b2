import { UsageError } from '../engine/usage-error.ts';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError, EnvironmentError } from '../kubernetes/errors.ts';
import { isRecord } from '../kubernetes/json.ts';

/** Of a namespace: `allowed` in place of the flag, `forbidden` against it. */
const consentAnnotation = 'milvus-conformance/faults';

/**
 * Whether a namespace may be disturbed: by the flag or its annotation `allowed`, and never against `forbidden`.
 * @param consented the flag `--consent` was given
 * @throws UsageError with the remedy; EnvironmentError where the namespace cannot be read: it may be protected
 */
export async function requireConsent(
  connection: Connection,
  namespace: string,
  consented: boolean,
  signal: AbortSignal,
): Promise<void> {
  const annotation = await readAnnotation(connection, namespace, signal);
  if (annotation === 'forbidden') {
    throw new UsageError(
      `The namespace ${namespace} is protected (its annotation ${consentAnnotation} is forbidden): no fault is ` +
        'inflicted there, whatever the flags. Ask whoever protected it.',
    );
  }
  if (annotation !== undefined && annotation !== 'allowed') {
    throw new UsageError(
      `The annotation ${consentAnnotation} of the namespace ${namespace} is '${annotation}'; expected allowed or forbidden`,
    );
  }
  if (consented || annotation === 'allowed') return;
  throw new UsageError(
    `Faults make what runs in the namespace ${namespace} fail for a while. Say that you want this with --consent, or ` +
      `once for all: kubectl annotate namespace ${namespace} ${consentAnnotation}=allowed`,
  );
}

async function readAnnotation(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const found = await connection.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`, signal);
    const metadata = isRecord(found) ? found['metadata'] : undefined;
    const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
    const value = isRecord(annotations) ? annotations[consentAnnotation] : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new EnvironmentError(
      error.status === 403 ? 'forbidden' : 'no-namespace',
      `Whether the namespace ${namespace} may be disturbed cannot be read: ${error.serverMessage}. ` +
        'The right to get the namespace is in docs/rights-chaos.yaml.',
      { cause: error },
    );
  }
}
