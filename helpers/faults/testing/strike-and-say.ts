import { connect } from '../../kubernetes/connection.ts';
import type { Fault, Victim } from '../../resilience/scenario.ts';
import { inflict } from '../inflict.ts';
import { takeLease } from '../lease.ts';
import { openUndoJournal } from '../undo-journal.ts';
import { MemoryRecorder } from './memory-recorder.ts';

/**
 * A process that strikes, and says each step on stdout, so that a test can kill it in the middle. Its argument is JSON:
 * what to strike, where, and the terms of its Lease.
 */
interface Orders {
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly folder: string;
  readonly fault: Fault;
  readonly victims: readonly Victim[];
}

const orders: Orders = JSON.parse(process.argv[2] ?? '');
const { kubeconfig, namespace, folder, fault, victims } = orders;
const { signal } = new AbortController();
await using connection = await connect({ kubeconfig, namespace });
await using lease = await takeLease(connection, namespace, 'the killed run', signal, {
  durationMs: 1000,
  renewEveryMs: 200,
  held: 'refuse',
  leftUndo: 'refuse',
});
const recorder = new (class extends MemoryRecorder {
  override note(happening: Parameters<MemoryRecorder['note']>[0]): void {
    if (happening.kind === 'fault') process.stdout.write(`${happening.step}\n`);
  }
})();
const journal = openUndoJournal(connection, namespace, lease, folder);
await inflict(fault, victims, {
  connection,
  namespace,
  recorder,
  journal,
  signal,
  progress: () => undefined,
});
