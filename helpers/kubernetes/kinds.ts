import type { Kind } from '../topology/observation.ts';

/** How one kind is reached, and what it means when it cannot be read. */
export interface KindOfObject {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** Plural, as in the path and in a Role. */
  readonly resource: string;
  readonly scope: 'namespace' | 'cluster';
  /**
   * `required`: without it nothing can be judged. `optional`: what was refused or absent is noted, and the checks
   * that need it are inconclusive.
   */
  readonly need: 'required' | 'optional';
}

const core = { group: '', version: 'v1' } as const;
const apps = { group: 'apps', version: 'v1' } as const;
const required = { scope: 'namespace', need: 'required' } as const;
const clusterWide = { scope: 'cluster', need: 'optional' } as const;

/** Every kind that is read. Secrets are not among them, and never are. */
export const kinds: { readonly [K in Kind]: KindOfObject } = {
  Pod: { ...core, resource: 'pods', ...required },
  PersistentVolumeClaim: { ...core, resource: 'persistentvolumeclaims', ...required },
  PersistentVolume: { ...core, resource: 'persistentvolumes', ...clusterWide },
  StorageClass: { group: 'storage.k8s.io', version: 'v1', resource: 'storageclasses', ...clusterWide },
  Deployment: { ...apps, resource: 'deployments', ...required },
  StatefulSet: { ...apps, resource: 'statefulsets', ...required },
  ReplicaSet: { ...apps, resource: 'replicasets', ...required },
  Service: { ...core, resource: 'services', ...required },
  ConfigMap: { ...core, resource: 'configmaps', ...required },
  Event: { ...core, resource: 'events', ...required },
  Milvus: {
    group: 'milvus.io',
    version: 'v1beta1',
    resource: 'milvuses',
    scope: 'namespace',
    need: 'optional',
  },
};

/** API path of the list of a kind, for example `/apis/apps/v1/namespaces/milvus/deployments`. */
export function listPath(kind: KindOfObject, namespace: string): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = kind.scope === 'cluster' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${kind.resource}`;
}

/** API path of one object, or of a part of it: `/api/v1/namespaces/milvus/pods/my-release-etcd-0/eviction`. */
export function objectPath(kind: KindOfObject, namespace: string, name: string, part?: string): string {
  const path = `${listPath(kind, namespace)}/${encodeURIComponent(name)}`;
  return part === undefined ? path : `${path}/${part}`;
}
