import type { Known, Run } from './run-parts.ts';

/**
 * Brings the evidence into the run's folder: from an earlier run's, or from the cluster. Throws UsageError,
 * EnvironmentError, InstanceError, or the signal's reason.
 */
export async function gather(run: Run, known: Known): Promise<void> {
  const { destination } = run.settings;
  if (destination.kind === 'saved') {
    const { takeSaved } = await import('./take-saved.ts');
    await takeSaved(destination.folder, run, known);
  } else {
    // Only here: the clients of Kubernetes and Milvus take half a second to load.
    const { takeLive } = await import('./take-live.ts');
    await takeLive(destination, run, known);
  }
}
