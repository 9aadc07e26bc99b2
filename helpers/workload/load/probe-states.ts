import type { NewOperation } from '../recorder.ts';
import { answerOf } from './answer.ts';
import type { LoadPlan, ProbeState } from './contract.ts';
import { type Probe, probeOf, probes } from './record.ts';
import type { StillOracle } from './still-oracle.ts';

type Answered = Omit<ProbeState, 'unansweredMs'>;

/** How each probe does, by its operations. */
export class ProbeStates {
  readonly #plan: LoadPlan;
  readonly #oracle: StillOracle;
  readonly #states: Map<Probe, Answered>;

  constructor(plan: LoadPlan, oracle: StillOracle) {
    this.#plan = plan;
    this.#oracle = oracle;
    const none = { calls: 0, lastRightAt: undefined, lastBadAt: undefined, lastBad: undefined };
    this.#states = new Map(probes.map((probe) => [probe, { probe, ...none }]));
  }

  get each(): readonly Answered[] {
    return [...this.#states.values()];
  }

  take(operation: NewOperation): void {
    const probe = probeOf(operation);
    const before = probe === undefined ? undefined : this.#states.get(probe);
    if (before === undefined) return;
    const answer = answerOf(operation, this.#plan, this.#oracle);
    const at = operation.returnedAt;
    const seen = answer.state === 'right' ? { lastRightAt: at } : { lastBadAt: at, lastBad: answer.text };
    this.#states.set(before.probe, { ...before, calls: before.calls + 1, ...seen });
  }
}
