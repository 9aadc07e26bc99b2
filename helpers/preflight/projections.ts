import { isRecord } from '../kubernetes/json.ts';
import { project, type Shape } from '../kubernetes/shape.ts';
import { redactObject } from '../kubernetes/redact.ts';
import { conditions, metadata, shapes } from '../kubernetes/shapes.ts';
import type {
  Claim,
  LimitRange,
  Metadata,
  Node,
  Pod,
  ResourceQuota,
  StorageClass,
} from '../topology/objects.ts';
import type { PresentObject } from '../topology/preflight.ts';

const node: Shape<Node> = {
  metadata,
  spec: { unschedulable: true, taints: { each: { key: true, effect: true } } },
  status: { allocatable: true, conditions },
};

const quota: Shape<ResourceQuota> = {
  metadata,
  spec: { hard: true, scopes: true, scopeSelector: { matchExpressions: { each: { scopeName: true } } } },
  status: { hard: true, used: true },
};

const limitRange: Shape<LimitRange> = { metadata, spec: { limits: true } };

/** What is kept of each object that a preflight reads. */
export const projections = {
  node: (item: unknown): Node => plain(project<Node>(node, item)),
  quota: (item: unknown): ResourceQuota => plain(project<ResourceQuota>(quota, item)),
  limitRange: (item: unknown): LimitRange => plain(project<LimitRange>(limitRange, item)),
  storageClass: (item: unknown): StorageClass =>
    redactObject.StorageClass(project<StorageClass>(shapes.StorageClass, item)),
  claim: (item: unknown): Claim =>
    redactObject.PersistentVolumeClaim(project<Claim>(shapes.PersistentVolumeClaim, item)),
  pod: (item: unknown): Pod => project<Pod>(shapes.Pod, item),
  present,
};

function present(kind: string, item: unknown): PresentObject | undefined {
  const found = isRecord(item) ? item['metadata'] : undefined;
  if (!isRecord(found) || typeof found['name'] !== 'string') return undefined;
  const text = (member: string, key: string) => {
    const texts = found[member];
    const value = isRecord(texts) ? texts[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const release =
    text('annotations', 'meta.helm.sh/release-name') ??
    text('labels', 'app.kubernetes.io/instance') ??
    text('labels', 'release');
  return { kind, name: found['name'], release };
}

/** Nothing reads these objects' annotations, and tools keep whatever they like there. */
function plain<T extends { readonly metadata: Metadata }>(object: T): T {
  const { annotations: _annotations, ...metadata } = object.metadata;
  return { ...object, metadata };
}
