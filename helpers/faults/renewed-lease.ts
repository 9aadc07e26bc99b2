import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../kubernetes/connection.ts';
import { ApiError, EnvironmentError, messageOf } from '../kubernetes/errors.ts';
import {
  changeLease,
  deleteLease,
  microTime,
  readLease,
  type Lease,
  type LeaseChange,
} from '../kubernetes/lease.ts';
import { undoAnnotation } from './undo-steps.ts';

/** The one Lease of a namespace: who holds it may disturb. */
export const leaseName = 'milvus-conformance';

/** The namespace's Lease, held and renewed; disposing gives it back, unless something is left to be undone. */
export interface HeldLease extends AsyncDisposable {
  readonly holder: string;
  /** What an earlier holder left on it, and this one since. */
  annotations(): Readonly<Record<string, string>>;
  /** Aborts, with an EnvironmentError, when the Lease could not be renewed in time or is another's. */
  readonly signal: AbortSignal;
  /** Sets annotations, or removes those that are null; resolves once the API server has them. */
  annotate(annotations: Readonly<Record<string, string | null>>): Promise<void>;
}

/** How it is taken. */
export interface LeaseTerms {
  /** After this long without renewal it is free, in ms. */
  readonly durationMs: number;
  readonly renewEveryMs: number;
  /** One that looks held: refuse at once, or watch it for its duration and take it if nobody renews it. */
  readonly held: 'refuse' | 'watch';
  /** One whose holder left something to be undone. */
  readonly leftUndo: 'refuse' | 'take';
}

const giveBackBudgetMs = 10_000;

/** A Lease that was just taken: renews it until it is disposed, and tells when it is lost. */
export class RenewedLease implements HeldLease {
  readonly holder: string;
  readonly #connection: Connection;
  readonly #namespace: string;
  readonly #terms: LeaseTerms;
  readonly #lost = new AbortController();
  readonly #stop = new AbortController();
  readonly #renewing: Promise<void>;
  /** Changes one after the other: each is made to the version that the one before gave. */
  #last: Promise<void> = Promise.resolve();
  #lease: Lease;
  #renewedAt: number;

  constructor(connection: Connection, namespace: string, lease: Lease, terms: LeaseTerms, renewedAt: number) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#lease = lease;
    this.#terms = terms;
    this.#renewedAt = renewedAt;
    this.holder = lease.holder;
    this.#renewing = this.#renew();
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  annotations(): Readonly<Record<string, string>> {
    return this.#lease.annotations;
  }

  annotate(annotations: Readonly<Record<string, string | null>>): Promise<void> {
    return this.#change({ annotations });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#renewing;
    await this.#last;
    if (this.#lost.signal.aborted || this.#lease.annotations[undoAnnotation] !== undefined) return;
    try {
      await deleteLease(
        this.#connection,
        this.#namespace,
        this.#lease,
        AbortSignal.timeout(giveBackBudgetMs),
      );
    } catch (error) {
      // Deleted already, or changed by someone else: then it expires by itself.
      if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
    }
  }

  async #renew(): Promise<void> {
    const { signal } = this.#stop;
    const isOver = () => signal.aborted || this.#lost.signal.aborted;
    while (!isOver()) {
      try {
        await sleep(this.#terms.renewEveryMs, undefined, { signal });
        await this.#change({ spec: { renewTime: microTime(new Date()) } });
      } catch (error) {
        if (isOver()) return;
        await this.#endure(error);
      }
    }
  }

  /** One renewal that failed is no loss yet; one's own time, not the server's, says when it is. */
  async #endure(error: unknown): Promise<void> {
    const left = this.#renewedAt + this.#terms.durationMs - performance.now();
    if (left > this.#terms.renewEveryMs) return;
    this.#lost.abort(
      new EnvironmentError(
        'busy',
        `The Lease ${leaseName} of the namespace ${this.#namespace} could not be renewed for ` +
          `${Math.round((performance.now() - this.#renewedAt) / 1000)} s (${messageOf(error)}); another run may take ` +
          'it, so this one stops.',
        { cause: error },
      ),
    );
  }

  #change(change: LeaseChange): Promise<void> {
    const next = this.#last.then(() => this.#changeNow(change));
    // Whoever asked for a change is told what became of it; the next one only waits for it.
    this.#last = next.then(
      () => undefined,
      () => undefined,
    );
    return next;
  }

  async #changeNow(change: LeaseChange): Promise<void> {
    this.#lost.signal.throwIfAborted();
    const budget = AbortSignal.timeout(this.#terms.durationMs);
    const sentAt = performance.now();
    try {
      this.#lease = await changeLease(this.#connection, this.#namespace, this.#lease, change, budget);
    } catch (error) {
      if (!(error instanceof ApiError && (error.status === 409 || error.status === 404))) throw error;
      const now = await readOrNone(this.#connection, this.#namespace, budget);
      if (now?.uid !== this.#lease.uid || now.holder !== this.holder) throw this.#lose(now, error);
      this.#lease = await changeLease(this.#connection, this.#namespace, now, change, budget);
    }
    if (change.spec !== undefined) this.#renewedAt = sentAt;
  }

  #lose(now: Lease | undefined, cause: unknown): EnvironmentError {
    const how = now === undefined ? 'was deleted' : `was taken by ${now.holder}`;
    const error = new EnvironmentError(
      'busy',
      `The Lease ${leaseName} of the namespace ${this.#namespace} ${how} while this run held it; another run may be ` +
        'at work there, so this one stops.',
      { cause },
    );
    this.#lost.abort(error);
    return error;
  }
}

/** The namespace's Lease, if there is one. @throws ApiError, EnvironmentError */
export async function readOrNone(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<Lease | undefined> {
  try {
    return await readLease(connection, namespace, leaseName, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
