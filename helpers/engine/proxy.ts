import type { Connection } from '../kubernetes/connection.ts';
import { readyPod, readyPods } from '../kubernetes/pods.ts';
import { openPortForward, type PortForward } from '../kubernetes/port-forward.ts';
import type { MilvusTarget } from '../milvus/target.ts';
import type { Component, Topology } from '../topology/model.ts';
import { openEach, type OpenedEach } from '../workload/open-each.ts';
import { textOf } from '../topology/settings.ts';

/** A way to the Milvus API: a forward to whichever proxy pod is Ready when a connection is made. */
export interface ProxyAccess extends AsyncDisposable {
  readonly target: MilvusTarget;
  readonly forward: PortForward;
}

/** The proxy's gRPC port where its container does not name one. */
const defaultPort = 19530;

/** The component that serves the Milvus API; undefined when none with replicas does. */
export function apiComponent({ components }: Topology): Component | undefined {
  const serving = components.filter(({ workload }) => workload.replicas > 0);
  return serving.find(({ role }) => role === 'proxy') ?? serving.find(({ role }) => role === 'standalone');
}

/**
 * A way to each pod of the component that is Ready now, and to no other.
 * @throws Error when none is Ready
 */
export async function openEachProxy(
  connection: Connection,
  topology: Topology,
  component: Component,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<OpenedEach<ProxyAccess>> {
  const { namespace } = topology.instance;
  const pods = await readyPods(connection, namespace, component.workload.templateLabels);
  return await openEach(pods, (pod) =>
    openProxy(connection, topology, component, environment, async () => pod),
  );
}

/** Opens a forward to the component's Ready pods. Credentials come from the environment only. */
export async function openProxy(
  connection: Connection,
  { instance, configuration }: Topology,
  { workload, container }: Component,
  environment: Readonly<Record<string, string | undefined>>,
  choosePod = (signal: AbortSignal): Promise<string> =>
    readyPod(connection, instance.namespace, workload.templateLabels, signal),
): Promise<ProxyAccess> {
  const { namespace } = instance;
  const forward = await openPortForward(connection, {
    namespace,
    port: container.ports?.find(({ name }) => name === 'milvus')?.containerPort ?? defaultPort,
    choosePod,
  });
  const token = environment['MILVUS_CONFORMANCE_TOKEN'] ?? '';
  return {
    forward,
    target: {
      address: `${forward.host}:${forward.port}`,
      ...(token !== '' && { token }),
      tls: (textOf(configuration, 'common.security.tlsMode') ?? '0') !== '0',
    },
    [Symbol.asyncDispose]: () => forward[Symbol.asyncDispose](),
  };
}
