import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError, EnvironmentError } from '../kubernetes/errors.ts';
import { changeLease, createLease, microTime, readLease, type Lease } from '../kubernetes/lease.ts';
import { leaseName, readOrNone, RenewedLease, type HeldLease, type LeaseTerms } from './renewed-lease.ts';
import { undoAnnotation } from './undo-steps.ts';

const runTerms: LeaseTerms = { durationMs: 30_000, renewEveryMs: 5000, held: 'refuse', leftUndo: 'refuse' };
/** Between two looks, or two attempts at a renewal, in ms. */
const lookEveryMs = 500;

/**
 * Takes the namespace's Lease, so that one run at a time disturbs it.
 *
 * One that expired is taken over, unless its holder left something to be undone. Since clocks differ, it counts as
 * expired only when it was not renewed for a while under this run's eyes either.
 * @param holder who takes it, for people: the run's id and the machine
 * @throws EnvironmentError `busy` that says who holds it and until when, or what was left and how to clean it up;
 * ApiError
 */
export async function takeLease(
  connection: Connection,
  namespace: string,
  holder: string,
  signal: AbortSignal,
  terms: LeaseTerms = runTerms,
): Promise<HeldLease> {
  const spec = {
    holderIdentity: holder,
    leaseDurationSeconds: Math.ceil(terms.durationMs / 1000),
    acquireTime: microTime(new Date()),
    renewTime: microTime(new Date()),
  };
  const found = await readOrNone(connection, namespace, signal);
  try {
    const startedAt = performance.now();
    if (found === undefined) {
      const made = await createLease(connection, namespace, leaseName, spec, signal);
      return new RenewedLease(connection, namespace, made, terms, startedAt);
    }
    await requireAbandoned(connection, namespace, found, terms, signal);
    if (terms.leftUndo === 'refuse' && found.annotations[undoAnnotation] !== undefined) {
      throw leftBehind(namespace, found);
    }
    const takenAt = performance.now();
    const renewTime = microTime(new Date());
    const taken = await changeLease(connection, namespace, found, { spec: { ...spec, renewTime } }, signal);
    return new RenewedLease(connection, namespace, taken, terms, takenAt);
  } catch (error) {
    // Whoever was quicker has it now.
    if (!(error instanceof ApiError && error.status === 409)) throw error;
    throw heldBy(namespace, await readLease(connection, namespace, leaseName, signal), error);
  }
}

/** Watches one that may have a living holder; @throws EnvironmentError `busy` when it has one */
async function requireAbandoned(
  connection: Connection,
  namespace: string,
  lease: Lease,
  { held, renewEveryMs }: LeaseTerms,
  signal: AbortSignal,
): Promise<void> {
  const left = Math.min(lease.renewedAt + lease.durationMs - Date.now(), lease.durationMs);
  if (left > 0 && held === 'refuse') throw heldBy(namespace, lease);
  const watchMs = Math.max(left, 0) + renewEveryMs * 1.5;
  for (const until = performance.now() + watchMs; performance.now() < until; ) {
    await sleep(Math.min(lookEveryMs, renewEveryMs), undefined, { signal });
    const now = await readLease(connection, namespace, leaseName, signal);
    if (now.renewedAt !== lease.renewedAt || now.holder !== lease.holder) throw heldBy(namespace, now);
  }
}

function heldBy(namespace: string, lease: Lease, cause?: unknown): EnvironmentError {
  const until = new Date(lease.renewedAt + lease.durationMs).toISOString();
  return new EnvironmentError(
    'busy',
    `The namespace ${namespace} is being experimented on: its Lease ${leaseName} is held by ${lease.holder} until ` +
      `${until}, and renewed while that run lives. Wait for it to end; if it was killed, then after that time: ` +
      `milvus-conformance clean -n ${namespace}`,
    { cause },
  );
}

function leftBehind(namespace: string, lease: Lease): EnvironmentError {
  return new EnvironmentError(
    'busy',
    `An earlier run (${lease.holder}) was killed in the namespace ${namespace} before it undid what it had done. ` +
      `Undo it first: milvus-conformance clean -n ${namespace}`,
  );
}
