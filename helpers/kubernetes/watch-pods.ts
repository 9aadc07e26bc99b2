import { setTimeout as sleep } from 'node:timers/promises';
import type { Pod } from '../topology/objects.ts';
import type { PodState } from '../workload/history.ts';
import type { Recorder } from '../workload/recorder.ts';
import type { Connection } from './connection.ts';
import { ApiError, EnvironmentError, messageOf } from './errors.ts';
import { kinds, listPath } from './kinds.ts';
import { list } from './list.ts';
import { podStateOf } from './pod-state.ts';
import { project } from './shape.ts';
import { shapes } from './shapes.ts';
import { watchEvents, type WatchEvent } from './watch-events.ts';

/** Pods as the watch last told of them; disposing ends it. */
export interface WatchedPods extends AsyncDisposable {
  /**
   * As of now; a pod that is gone is not among them.
   * @throws what ended the watch for good: a right that was taken away, a history that cannot be written
   */
  pods(): readonly PodState[];
}

/** The server ends a watch after this, in s, and it is begun again where it ended. */
const watchSeconds = 300;
/** Between attempts to go on, in ms; doubled each time. */
const firstPauseMs = 100;
const longestPauseMs = 5000;

/**
 * Follows the pods of a namespace and notes every change at the moment it arrives: first each pod that is there, then
 * what happens. A watch that is cut goes on where it was, or from a new list when the server has forgotten the place
 * (410); both are noted, since changes are then told late.
 * Source: Kubernetes API concepts, "Efficient detection of changes".
 *
 * @param partOf what a pod is part of; undefined for one that is not to be followed
 * @throws ApiError, EnvironmentError when the pods cannot be read to begin with
 */
export async function watchPods(
  connection: Connection,
  namespace: string,
  partOf: (pod: Pod) => string | undefined,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<WatchedPods> {
  const watch = new PodWatch(connection, namespace, partOf, recorder);
  await watch.begin(signal);
  return watch;
}

class PodWatch implements WatchedPods {
  readonly #connection: Connection;
  readonly #path: string;
  readonly #partOf: (pod: Pod) => string | undefined;
  readonly #recorder: Recorder;
  readonly #stop = new AbortController();
  readonly #known = new Map<string, PodState>();
  #version = '';
  #isCut = false;
  #running: Promise<void> = Promise.resolve();
  #failure: { readonly error: unknown; isTold: boolean } | undefined;

  constructor(
    connection: Connection,
    namespace: string,
    partOf: (pod: Pod) => string | undefined,
    recorder: Recorder,
  ) {
    this.#connection = connection;
    this.#path = listPath(kinds.Pod, namespace);
    this.#partOf = partOf;
    this.#recorder = recorder;
  }

  async begin(signal: AbortSignal): Promise<void> {
    await this.#list(signal);
    this.#running = this.#run(AbortSignal.any([signal, this.#stop.signal])).catch((error: unknown) => {
      if (!signal.aborted && !this.#stop.signal.aborted) this.#failure = { error, isTold: false };
    });
  }

  pods(): readonly PodState[] {
    this.#tell();
    return [...this.#known.values()];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
    if (this.#failure?.isTold === false) this.#tell();
  }

  #tell(): void {
    if (this.#failure === undefined) return;
    this.#failure.isTold = true;
    throw this.#failure.error;
  }

  async #run(signal: AbortSignal): Promise<never> {
    let pauseMs = firstPauseMs;
    for (;;) {
      const before = this.#version;
      try {
        if (this.#version === '') await this.#list(signal);
        await this.#follow(signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#takeCut(error);
      }
      pauseMs = this.#version === before ? Math.min(pauseMs * 2, longestPauseMs) : firstPauseMs;
      if (this.#isCut || this.#version === before) await sleep(pauseMs, undefined, { signal });
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#version,
      timeoutSeconds: String(watchSeconds),
    });
    const path = `${this.#path}?${query.toString()}`;
    const bytes = await this.#connection.watch(path, signal);
    this.#goOn('nothing was missed; what changed meanwhile is told late');
    for await (const event of watchEvents(path, bytes)) this.#take(event);
  }

  #take(event: WatchEvent): void {
    this.#version = event.version;
    if (event.type === 'BOOKMARK') return;
    const pod = this.#stateOf(event.object);
    if (pod === undefined) return;
    if (event.type === 'DELETED') this.#known.delete(pod.uid);
    else this.#known.set(pod.uid, pod);
    this.#recorder.note({ kind: 'pod', change: changes[event.type], pod });
  }

  /** Reads the pods anew; those that went meanwhile are noted as they were last seen. */
  async #list(signal: AbortSignal): Promise<void> {
    const { items, version } = await list(this.#connection, this.#path, (raw) => this.#stateOf(raw), signal);
    this.#goOn('the pods were read anew; what changed between was missed');
    const uids = new Set(items.map(({ uid }) => uid));
    for (const [uid, pod] of this.#known) {
      if (uids.has(uid)) continue;
      this.#known.delete(uid);
      this.#recorder.note({ kind: 'pod', change: 'deleted', pod });
    }
    for (const pod of items) {
      this.#known.set(pod.uid, pod);
      this.#recorder.note({ kind: 'pod', change: 'seen', pod });
    }
    this.#version = version;
  }

  #stateOf(raw: unknown): PodState | undefined {
    const pod = project<Pod>(shapes.Pod, raw);
    const part = this.#partOf(pod);
    return part === undefined ? undefined : podStateOf(pod, part);
  }

  /** Notes a cut that one may hope to get over; throws any other error. */
  #takeCut(error: unknown): void {
    const forgotten = error instanceof ApiError && error.status === 410;
    if (forgotten) this.#version = '';
    else if (!isPassing(error)) throw error;
    if (!this.#isCut) this.#recorder.note({ kind: 'watch', state: 'cut', text: messageOf(error) });
    this.#isCut = true;
  }

  #goOn(text: string): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    this.#recorder.note({ kind: 'watch', state: 'resumed', text });
  }
}

const changes = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Cut or unreachable, an answer cut in its middle, or a server that is busy or has trouble. */
function isPassing(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 429 || error.status >= 500;
  return (
    error instanceof SyntaxError || (error instanceof EnvironmentError && error.failure === 'unreachable')
  );
}
