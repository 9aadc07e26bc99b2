import type { ProbeCourse, WrongWindow } from '../timeline.ts';
import { errorClass, shortened } from './error-class.ts';
import type { JudgedCall, ProbeCalls } from './judged-calls.ts';

/** ms of the history. */
export interface Span {
  readonly loadAt: number;
  readonly faultAt: number;
}

/**
 * One operation through a fault. Calls are taken in the order in which they were made: one that hung from before the
 * end of an outage to long after it does not make the outage longer. One that was under way when the fault began
 * belongs to it.
 */
export function probeCourse({ probe, calls }: ProbeCalls, { loadAt, faultAt }: Span): ProbeCourse {
  const before = calls.filter(
    ({ operation }) => operation.calledAt >= loadAt && operation.returnedAt <= faultAt,
  );
  const after = calls.filter(({ operation }) => operation.returnedAt > faultAt);
  const course = new Course(faultAt);
  for (const call of after) course.add(call);
  const lastBad = before.findLastIndex(({ answer }) => answer.state !== 'right');
  return {
    probe,
    before: {
      calls: before.length,
      right: before.filter(({ answer }) => answer.state === 'right').length,
      rightInARow: before.length - 1 - lastBad,
    },
    calls: after.length,
    ...course.result(),
  };
}

interface OpenOutage {
  readonly from: number;
  isOver: boolean;
  endsAt: number;
  failures: number;
  readonly errors: Map<string, { readonly text: string; count: number; readonly firstAt: number }>;
}

interface OpenWindow {
  readonly from: number;
  isOver: boolean;
  lastAt: number;
  answers: number;
  readonly first: WrongWindow['first'];
}

/** What the calls of one probe come to, call by call. */
class Course {
  readonly #faultAt: number;
  readonly #outages: OpenOutage[] = [];
  readonly #windows: OpenWindow[] = [];
  #rightAgainAt: number | undefined = 0;

  constructor(faultAt: number) {
    this.#faultAt = faultAt;
  }

  add({ operation, answer }: JudgedCall): void {
    const from = Math.max(0, operation.calledAt - this.#faultAt);
    const until = operation.returnedAt - this.#faultAt;
    switch (answer.state) {
      case 'failed':
        this.#rightAgainAt = undefined;
        return this.#fail(answer.text, from);
      case 'wrong':
        this.#rightAgainAt = undefined;
        this.#succeed(until);
        return this.#err(answer.text, operation.id, from, until);
      case 'right': {
        this.#rightAgainAt = Math.min(this.#rightAgainAt ?? until, until);
        this.#succeed(until);
        const window = this.#windows.at(-1);
        if (window !== undefined) window.isOver = true;
      }
    }
  }

  result(): Omit<ProbeCourse, 'probe' | 'before' | 'calls'> {
    const outages = this.#outages.map(({ isOver, endsAt, errors, ...outage }) => ({
      ...outage,
      until: isOver ? endsAt : undefined,
      errors: [...errors.values()],
    }));
    const wrong = this.#windows.map(({ isOver, lastAt, ...window }) => ({
      ...window,
      until: isOver ? lastAt : undefined,
    }));
    const again = this.#rightAgainAt;
    const lastWrongAt = this.#windows.reduce((last, { lastAt }) => Math.max(last, lastAt), 0);
    return {
      firstFailureAt: outages[0]?.from,
      outages,
      wrong,
      firstSuccessAt: outages[0]?.until,
      rightAgainAt: again === undefined ? undefined : Math.max(again, lastWrongAt),
    };
  }

  /** A call that was made before the outage had ended belongs to it, though another one was answered. */
  #fail(text: string, from: number): void {
    let outage = this.#outages.at(-1);
    if (outage === undefined || (outage.isOver && outage.endsAt < from)) {
      outage = { from, isOver: false, endsAt: 0, failures: 0, errors: new Map() };
      this.#outages.push(outage);
    }
    outage.isOver = false;
    outage.failures += 1;
    const kind = errorClass(text);
    const known = outage.errors.get(kind);
    if (known === undefined) outage.errors.set(kind, { text: shortened(text), count: 1, firstAt: from });
    else known.count += 1;
  }

  /** Of the calls made after the last failure, the first to be answered ends the outage. */
  #succeed(until: number): void {
    const outage = this.#outages.at(-1);
    if (outage === undefined) return;
    outage.endsAt = outage.isOver ? Math.min(outage.endsAt, until) : until;
    outage.isOver = true;
  }

  #err(text: string, operation: number, from: number, until: number): void {
    let window = this.#windows.at(-1);
    if (window === undefined || (window.isOver && window.lastAt < from)) {
      window = { from, isOver: false, lastAt: until, answers: 0, first: { operation, text } };
      this.#windows.push(window);
    }
    window.isOver = false;
    window.answers += 1;
    window.lastAt = Math.max(window.lastAt, until);
  }
}
