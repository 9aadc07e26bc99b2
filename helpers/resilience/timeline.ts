import type { Probe } from '../workload/load/record.ts';

/** A span in which an operation was not served; ms since the fault began. */
interface Outage {
  /**
   * When the first failing call was made, and when the first of those made after the last failing one was answered;
   * undefined: none was.
   */
  readonly from: number;
  readonly until: number | undefined;
  /** Calls that did not succeed. */
  readonly failures: number;
  /** What was answered, each once, in the order of its first appearance, with how often. */
  readonly errors: readonly { readonly text: string; readonly count: number; readonly firstAt: number }[];
}

/** A span in which answers came with Success and were wrong; calls that failed may be among them. */
export interface WrongWindow {
  /** When the first of them was asked for, and the last of them came; undefined: no right answer came after it. */
  readonly from: number;
  readonly until: number | undefined;
  readonly answers: number;
  /** The first of them: what was answered, and what would have been right. */
  readonly first: { readonly operation: number; readonly text: string };
}

/** One operation through a fault. */
export interface ProbeCourse {
  readonly probe: Probe;
  /** From the start of the load to the fault: calls, right answers, and how many of these came last in a row. */
  readonly before: { readonly calls: number; readonly right: number; readonly rightInARow: number };
  /** Calls after the fault began. */
  readonly calls: number;
  readonly firstFailureAt: number | undefined;
  readonly outages: readonly Outage[];
  readonly wrong: readonly WrongWindow[];
  /** First success after the first failure. */
  readonly firstSuccessAt: number | undefined;
  /** First right answer after which each was right; 0 where none ever was not. Undefined: not yet at the end. */
  readonly rightAgainAt: number | undefined;
}

/**
 * One struck pod and its replacement; ms since the fault began, by the watch. Of a pod whose container was ended the
 * replacement is the pod itself, under its UID, with a container that runs anew.
 */
export interface PodCourse {
  readonly part: string;
  readonly old: { readonly name: string; readonly uid: string };
  /** Its deletion was seen to be under way. */
  readonly leavingAt: number | undefined;
  readonly goneAt: number | undefined;
  readonly replacement:
    | {
        readonly name: string;
        readonly uid: string;
        readonly createdAt: number;
        readonly scheduledAt: number | undefined;
        readonly startedAt: number | undefined;
        readonly readyAt: number | undefined;
      }
    | undefined;
}

/** What a fault did, on one clock that begins with it. */
export interface Timeline {
  /** ms since the start of the history. */
  readonly faultAt: number;
  /** ms from the fault to the end of the load: what had not come about by then was waited for no longer. */
  readonly watchedMs: number;
  readonly pods: readonly PodCourse[];
  readonly probes: readonly ProbeCourse[];
  /** Longest time, in ms, that the suite itself stood still, and how often it did for more than 100 ms. */
  readonly lag: { readonly longestMs: number; readonly over100Ms: number };
  /** Spans in which the watch of the pods was cut: what changed in them was told late. */
  readonly watchCuts: readonly { readonly from: number; readonly until: number | undefined }[];
  /** Containers that restarted without being struck. */
  readonly bystanders: readonly { readonly pod: string; readonly part: string; readonly restarts: number }[];
}
