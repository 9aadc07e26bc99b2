import type { Known, Run } from './run-parts.ts';

/**
 * Brings the evidence into the run's folder: from an earlier run's, or from the cluster. Throws UsageError,
 * EnvironmentError, InstanceError, or the signal's reason.
 */
export async function gather(run: Run, known: Known): Promise<void> {
  const { destination } = run.settings;
  switch (destination.kind) {
    case 'saved': {
      const { takeSaved } = await import('./take-saved.ts');
      return takeSaved(destination.folder, run, known);
    }
    case 'rendered': {
      const { takeRendered } = await import('./take-rendered.ts');
      return takeRendered(destination.observation, run, known);
    }
    case 'preflight': {
      const { takePreflight } = await import('./take-preflight.ts');
      return takePreflight(destination, run, known);
    }
    default: {
      // Only here: the clients of Kubernetes and Milvus take half a second to load.
      const { takeLive } = await import('./take-live.ts');
      return takeLive(destination, run, known);
    }
  }
}
