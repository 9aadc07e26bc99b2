import type { Connection } from './connection.ts';
import { isRecord } from './json.ts';
import { listPath, objectPath, type KindOfObject } from './kinds.ts';

const leaseKind: KindOfObject = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  scope: 'namespace',
  need: 'optional',
};

/** A Lease as it stands in the cluster. */
export interface Lease {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly holder: string;
  /** ms since 1970, by the holder's clock. */
  readonly renewedAt: number;
  readonly durationMs: number;
}

/** What is changed of a Lease; an annotation that is null is removed. */
export interface LeaseChange {
  readonly annotations?: Readonly<Record<string, string | null>>;
  readonly spec?: LeaseSpec;
}

export interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  /** MicroTime. */
  readonly acquireTime?: string;
  readonly renewTime?: string;
}

/** RFC 3339 with six digits after the point, which is what the API server takes for a MicroTime. */
export function microTime(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}

/** @throws ApiError (404 when it is not there), EnvironmentError */
export async function readLease(
  connection: Connection,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<Lease> {
  return leaseOf(await connection.get(objectPath(leaseKind, namespace, name), signal));
}

/** @throws ApiError (409 when it is there already), EnvironmentError */
export async function createLease(
  connection: Connection,
  namespace: string,
  name: string,
  spec: LeaseSpec,
  signal: AbortSignal,
): Promise<Lease> {
  const lease = { kind: 'Lease', apiVersion: 'coordination.k8s.io/v1', metadata: { name, namespace }, spec };
  return leaseOf(await connection.post(listPath(leaseKind, namespace), lease, signal));
}

/** @throws ApiError 409 when it was changed since it was read, 404 when it is gone; EnvironmentError */
export async function changeLease(
  connection: Connection,
  namespace: string,
  { name, resourceVersion }: Lease,
  { annotations, spec }: LeaseChange,
  signal: AbortSignal,
): Promise<Lease> {
  const change = {
    metadata: { resourceVersion, ...(annotations !== undefined && { annotations }) },
    ...(spec !== undefined && { spec }),
  };
  return leaseOf(await connection.patch(objectPath(leaseKind, namespace, name), change, signal));
}

/** @throws ApiError 409 when it was changed since it was read, 404 when it is gone; EnvironmentError */
export async function deleteLease(
  connection: Connection,
  namespace: string,
  { name, uid, resourceVersion }: Lease,
  signal: AbortSignal,
): Promise<void> {
  const options = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid, resourceVersion } };
  await connection.delete(objectPath(leaseKind, namespace, name), options, signal);
}

function leaseOf(raw: unknown): Lease {
  const metadata = member(raw, 'metadata');
  const spec = member(raw, 'spec');
  const annotations = Object.entries(member(metadata, 'annotations'));
  return {
    name: text(metadata['name']),
    uid: text(metadata['uid']),
    resourceVersion: text(metadata['resourceVersion']),
    annotations: Object.fromEntries(annotations.map(([key, value]) => [key, text(value)])),
    holder: text(spec['holderIdentity']),
    renewedAt: Date.parse(text(spec['renewTime'])) || 0,
    durationMs: Number(spec['leaseDurationSeconds'] ?? 0) * 1000,
  };
}

function member(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const inner = isRecord(value) ? value[name] : undefined;
  return isRecord(inner) ? inner : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
