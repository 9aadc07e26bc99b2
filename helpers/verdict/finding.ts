import type { Code } from './catalogue.ts';

/** What a finding is about. `container` narrows a pod. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly container?: string;
}

/** Where it was seen: an object's field, an event, an answer, an operation of the history. */
export interface Evidence {
  /** For example `PersistentVolumeClaim/data-my-release-etcd-0 status.phase`. */
  readonly at: string;
  readonly text: string;
}

/**
 * How a finding stands. `warn`: true and worth knowing, does not fail the gate. `inconclusive`: could not be
 * judged, never a pass. `skipped`: does not apply here, with the reason.
 */
export type Outcome = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'skipped' | 'waived';

/** What one judge saw of one subject. Everything a reader needs is in it; nothing is only in a log. */
export interface Finding {
  readonly outcome: Exclude<Outcome, 'waived'>;
  readonly subject: Subject;
  /** One sentence: what is. For `skipped`, the reason. */
  readonly observed: string;
  /** One sentence: what should be. Absent for `pass` and `skipped`. */
  readonly expected?: string;
  readonly evidence?: readonly Evidence[];
  /** Overrides the catalogue's remedy where this case has a better one. */
  readonly remedy?: string;
  /**
   * What cannot run because of this: a Pending claim stops its pod. Findings about those, and about what relies
   * on them, are reported as following from this one.
   */
  readonly stops?: readonly Subject[];
  /**
   * The system answered, and the answer was wrong, or rows are gone. Nothing else that failed excuses it, so it is
   * never reported as a consequence.
   */
  readonly wrong?: true;
  /** How long it lasted, in ms, where that is over: what a waiver's limit is held against. */
  readonly lastedMs?: number;
  /** The finding that this one is a consequence of, where the judge itself knows. */
  readonly followsFrom?: { readonly code: Code; readonly subject: Subject };
}

/** A finding with its check's code, as the reports carry it. */
export interface CodedFinding extends Omit<Finding, 'outcome'> {
  readonly code: Code;
  readonly outcome: Outcome;
  readonly waiver?: { readonly reason: string; readonly expires?: string; readonly maxSeconds?: number };
}

export function subjectText(subject: Subject): string {
  const object = `${subject.kind}/${subject.name}`;
  return subject.container === undefined ? object : `${object} (container ${subject.container})`;
}
