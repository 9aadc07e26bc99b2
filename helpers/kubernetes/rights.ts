import type { Connection } from './connection.ts';
import { isRecord } from './json.ts';
import { kinds } from './kinds.ts';

/** One thing that the suite asks the API server to do. */
export interface Right {
  readonly verb: 'get' | 'list' | 'create' | 'watch' | 'patch' | 'delete';
  /** API group; empty for the core group. */
  readonly group: string;
  /** Plural, with the subresource after a slash: `pods/portforward`. */
  readonly resource: string;
  /** Of this one object only. */
  readonly name?: string;
  readonly scope: 'namespace' | 'cluster';
  /** What is lost without it. */
  readonly purpose: string;
  /** Without it nothing can be judged. */
  readonly required: boolean;
}

const listRights: readonly Right[] = Object.entries(kinds).map(
  ([kind, { group, resource, scope, need }]) => ({
    verb: 'list',
    group,
    resource,
    scope,
    purpose: `to see every ${kind}`,
    required: need === 'required',
  }),
);

/**
 * Every right that looking at a deployment takes; the README's Role grants just these. Secrets are not among them, and
 * neither are those of faults (helpers/faults/rights.ts).
 */
export const rights: readonly Right[] = [
  ...listRights,
  {
    verb: 'get',
    group: '',
    resource: 'namespaces',
    scope: 'cluster',
    purpose: 'to tell an empty namespace from one that does not exist',
    required: false,
  },
  {
    verb: 'get',
    group: '',
    resource: 'pods/portforward',
    scope: 'namespace',
    purpose: 'to ask etcd, MinIO and Milvus how they are (older servers)',
    required: false,
  },
  {
    verb: 'create',
    group: '',
    resource: 'pods/portforward',
    scope: 'namespace',
    purpose: 'to ask etcd, MinIO and Milvus how they are, and to run the round trip',
    required: false,
  },
];

/** `list pods in the namespace milvus`, `list storageclasses.storage.k8s.io`. */
export function rightText(right: Right, namespace: string): string {
  const resource = right.group === '' ? right.resource : `${right.resource}.${right.group}`;
  return `${right.verb} ${resource}${right.scope === 'namespace' ? ` in the namespace ${namespace}` : ''}`;
}

/**
 * Asks the API server which of the rights these credentials lack (SelfSubjectAccessReview, allowed to everyone).
 * @throws ApiError or EnvironmentError when the server does not answer
 */
export async function missingRights(
  connection: Connection,
  namespace: string,
  signal?: AbortSignal,
  asked: readonly Right[] = rights,
): Promise<readonly Right[]> {
  const allowed = await Promise.all(asked.map((right) => isAllowed(connection, namespace, right, signal)));
  return asked.filter((_right, index) => allowed[index] === false);
}

/** Asks for one right. @throws ApiError or EnvironmentError when the server does not answer */
export async function isAllowed(
  connection: Connection,
  namespace: string,
  right: Right,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const [resource, subresource] = right.resource.split('/');
  const review = await connection.post(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          verb: right.verb,
          group: right.group,
          resource,
          ...(subresource === undefined ? {} : { subresource }),
          ...(right.name === undefined ? {} : { name: right.name }),
          ...(right.scope === 'namespace' ? { namespace } : {}),
        },
      },
    },
    signal,
  );
  const status = isRecord(review) ? review['status'] : undefined;
  return isRecord(status) && status['allowed'] === true;
}
