import type { Topology } from '../topology/model.ts';
import type { CodedFinding, Subject } from './finding.ts';
import { reliantOn } from './reliance.ts';
import { subjectKey } from './subjects.ts';

/** Failing findings found so far and what each of them stops, ready to be asked for the cause of a subject's trouble. */
export class Causes {
  readonly #topology: Topology;
  /** By key of what it stops: directly, alone with all that relies on it, together with the causes before it. */
  readonly #direct = new Map<string, CodedFinding>();
  readonly #alone = new Map<string, CodedFinding>();
  readonly #together = new Map<string, CodedFinding>();
  readonly #stopped = new Set<string>();

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  add(finding: CodedFinding, stops: readonly Subject[]): void {
    const keys = new Set(stops.map(subjectKey));
    for (const key of keys) {
      this.#stopped.add(key);
      prefer(this.#direct, key, finding);
    }
    for (const key of reliantOn(keys, this.#topology)) prefer(this.#alone, key, finding);
    for (const key of reliantOn(this.#stopped, this.#topology)) {
      if (!this.#together.has(key)) this.#together.set(key, finding);
    }
  }

  /**
   * The cause that names the subject itself, else one that alone stops what it relies on; or, where only several
   * together do (two of three etcd members), the one that tips the quorum.
   */
  of(subject: Subject): CodedFinding | undefined {
    const key = subjectKey(subject);
    const candidates = [this.#direct, this.#alone, this.#together].flatMap((map) => map.get(key) ?? []);
    return candidates.find(({ outcome }) => outcome === 'fail') ?? candidates[0];
  }
}

/** The first cause stands; one that is waived gives way to one that fails. */
function prefer(causes: Map<string, CodedFinding>, key: string, finding: CodedFinding): void {
  const known = causes.get(key);
  if (known === undefined || (known.outcome === 'waived' && finding.outcome === 'fail'))
    causes.set(key, finding);
}
