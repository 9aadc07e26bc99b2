import { setTimeout as sleep } from 'node:timers/promises';
import { observeObjects } from '../kubernetes/observe.ts';
import type { WatchedPods } from '../kubernetes/watch-pods.ts';
import { paces, type Pace } from '../resilience/pace.ts';
import { partsOf, type Part } from '../resilience/parts.ts';
import { whatIsNotRight } from '../resilience/recovered.ts';
import { untilRight } from '../resilience/until-right.ts';
import type { Topology } from '../topology/model.ts';
import { rolloutState } from '../upgrade/rollout.ts';
import type { Stop } from '../workload/history.ts';
import type { LoadSettings, RunningLoad } from '../workload/load/contract.ts';
import { prepareLoad } from '../workload/load/prepare-load.ts';
import { startLoad } from '../workload/load/start-load.ts';
import { verifyLoad } from '../workload/load/verify-load.ts';
import type { DuringAsked } from './run-during.ts';
import type { OpenTarget } from './target.ts';
import { understandFor } from './understand-for.ts';

interface Ended {
  readonly stopped?: Stop;
  /** How it ended, in words. */
  readonly text: string;
}

/** ms between two looks at the rollout. */
const lookEvery = { cluster: 2000, embedded: 300 } as const;

/** A load during an upgrade: from its first row to the last look at every one. It acts and records. */
export class FollowedUpgrade {
  readonly #target: OpenTarget;
  readonly #asked: DuringAsked;
  readonly #first: Topology;
  readonly #load: LoadSettings;
  readonly #pods: WatchedPods;
  readonly #pace: Pace;
  readonly #lookEveryMs: number;
  /** Parts as they are now: components come and go. */
  #parts: readonly Part[];

  constructor(
    target: OpenTarget,
    asked: DuringAsked,
    first: Topology,
    load: LoadSettings,
    pods: WatchedPods,
  ) {
    this.#target = target;
    this.#asked = asked;
    this.#first = first;
    this.#load = load;
    this.#pods = pods;
    const kind = target.source.kind === 'embedded' ? 'embedded' : 'cluster';
    this.#pace = paces[kind];
    this.#lookEveryMs = lookEvery[kind];
    this.#parts = partsOf(first);
  }

  /** @throws the signal's reason */
  async run(): Promise<Ended> {
    const { recorder } = this.#load;
    recorder.note({ kind: 'phase', phase: 'prepare' });
    const unprepared = await prepareLoad(this.#load);
    if (unprepared !== undefined)
      return { stopped: { step: 'prepare', reason: unprepared }, text: unprepared };
    recorder.note({ kind: 'phase', phase: 'steady' });
    const running = await startLoad(this.#load);
    let ended: Ended;
    try {
      ended = await this.#follow(running);
    } finally {
      await running.stop();
    }
    this.#asked.signal.throwIfAborted();
    recorder.note({ kind: 'phase', phase: 'verify' });
    const unverified = await verifyLoad(this.#load);
    return unverified === undefined ? ended : { ...ended, stopped: { step: 'verify', reason: unverified } };
  }

  /** From steady reads and writes to the end of the rollout. */
  async #follow(running: RunningLoad): Promise<Ended> {
    const { recorder } = this.#load;
    const { signal, progress, change, budgetMs } = this.#asked;
    const { steadyMs, steadyBudgetMs, quietMs } = this.#pace;
    const lookEveryMs = this.#lookEveryMs;
    const look = () => whatIsNotRight(running.states(), this.#pods.pods(), this.#parts, recorder.now());
    const steady = { forMs: steadyMs, budgetMs: steadyBudgetMs, lookEveryMs };
    const unsteady = await untilRight(look, steady, this.#load);
    if (unsteady !== undefined) {
      const text = `not right for ${steadyMs / 1000} s within ${steadyBudgetMs / 1000} s: ${unsteady}`;
      return { stopped: { step: 'steady', reason: text }, text };
    }
    const deadline = recorder.now() + budgetMs;
    if (change === undefined) {
      progress('Reads and writes are right; waiting for the rollout to begin');
      if (!(await this.#untilChanged(deadline))) {
        const text = `no rollout began within ${budgetMs / 1000} s`;
        return { stopped: { step: 'rollout', reason: text }, text };
      }
    }
    recorder.note({ kind: 'phase', phase: 'fault' });
    const failed = await change?.(signal);
    if (failed !== undefined) return { stopped: { step: 'change', reason: failed }, text: failed };
    const late = await untilRight(
      async () => (await this.#rollout()).pending ?? look(),
      {
        forMs: quietMs,
        budgetMs: deadline - recorder.now(),
        lookEveryMs,
        onTurn: (isRight) => recorder.note({ kind: 'phase', phase: isRight ? 'quiet' : 'recovery' }),
      },
      this.#load,
    );
    return {
      text:
        late === undefined
          ? 'the rollout ended, and all is right'
          : `not over within ${budgetMs / 1000} s: ${late}`,
    };
  }

  async #untilChanged(deadline: number): Promise<boolean> {
    while (this.#load.recorder.now() < deadline) {
      if ((await this.#rollout()).changed) return true;
      await sleep(this.#lookEveryMs, undefined, { signal: this.#asked.signal });
    }
    return false;
  }

  async #rollout() {
    const { connection } = this.#target;
    const { signal, instance, before } = this.#asked;
    const { observation } = await observeObjects(connection, connection.namespace, signal);
    const now = understandFor(observation, instance ?? this.#first.instance.name);
    this.#parts = partsOf(now);
    return rolloutState(before, this.#first, now);
  }
}
