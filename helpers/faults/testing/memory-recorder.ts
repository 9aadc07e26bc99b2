import type { Happening, HistoryHeader } from '../../workload/history.ts';
import type { Recorder } from '../../workload/recorder.ts';

/** Keeps what happened, for tests to look at. */
export class MemoryRecorder implements Recorder {
  readonly header: HistoryHeader = {
    type: 'header',
    schemaVersion: 1,
    workload: 'test',
    seed: 1,
    startedAt: new Date().toISOString(),
    collection: 'test',
  };
  readonly happenings: Happening[] = [];

  now(): number {
    return performance.now();
  }

  record(): void {
    throw new Error('this test makes no calls to Milvus');
  }

  note(happening: Happening): void {
    this.happenings.push(happening);
  }

  end(): void {
    throw new Error('this test ends no history');
  }

  /** `begin`, `done`, and so on, in order. */
  steps(): readonly string[] {
    return this.happenings.flatMap((happening) => (happening.kind === 'fault' ? [happening.step] : []));
  }

  /** What was said of the faults. */
  texts(): readonly string[] {
    return this.happenings.flatMap((happening) => (happening.kind === 'fault' ? [happening.text] : []));
  }
}
