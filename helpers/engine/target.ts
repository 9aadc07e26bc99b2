import { connect, type Connection } from '../kubernetes/connection.ts';
import { startEmbedded, type EmbeddedCluster } from './embedded.ts';
import type { Destination, TargetSettings } from './settings.ts';
import type { Progress } from '../report/progress.ts';
import type { Source } from '../topology/observation.ts';

/** A cluster that answers, and what it is called in the reports. */
export interface OpenTarget extends AsyncDisposable {
  readonly connection: Connection;
  readonly source: Source;
}

type LiveDestination = Exclude<Destination, { kind: 'saved' }>;

/** The namespace that the embedded cluster is given when none is asked for. */
const embeddedNamespace = 'milvus';

/** Starts the embedded cluster where it is asked for, and connects. Throws EnvironmentError. */
export async function openTarget(
  destination: LiveDestination,
  { namespace }: Pick<TargetSettings, 'namespace'>,
  progress: Progress,
  signal: AbortSignal,
): Promise<OpenTarget> {
  if (destination.kind === 'cluster') {
    const connection = await connectShown({ ...destination, namespace }, progress, signal);
    const { context, kubernetes } = connection;
    return {
      connection,
      source: { kind: 'cluster', context, kubernetes },
      [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
    };
  }
  const cluster = await startShown(destination, namespace ?? embeddedNamespace, progress, signal);
  try {
    const { kubeconfig, layout } = cluster;
    const connection = await connectShown(
      { kubeconfig, namespace: namespace ?? cluster.namespace },
      progress,
      signal,
    );
    return {
      connection,
      source: { kind: 'embedded', layout, kubernetes: connection.kubernetes },
      async [Symbol.asyncDispose]() {
        await connection[Symbol.asyncDispose]();
        await progress.phase('Stop the embedded cluster', async () => ({
          value: await cluster[Symbol.asyncDispose](),
          remark: 'nothing of it is left',
        }));
      },
    };
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

function connectShown(
  target: Parameters<typeof connect>[0],
  progress: Progress,
  signal: AbortSignal,
): Promise<Connection> {
  return progress.phase('Connect', async () => {
    const connection = await connect(target, signal);
    return { value: connection, remark: `${connection.context}, Kubernetes ${connection.kubernetes}` };
  });
}

function startShown(
  destination: Exclude<LiveDestination, { kind: 'cluster' }>,
  namespace: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<EmbeddedCluster> {
  return progress.phase('Start the embedded cluster (a simulation)', async (say) => {
    const cluster = await startEmbedded(destination, namespace, say, signal);
    return { value: cluster, remark: cluster.layout };
  });
}
