import type { ManifestObject } from '../topology/manifest-objects.ts';
import type { Component } from '../topology/model.ts';
import { parseQuantity } from '../topology/quantity.ts';
import type { PlannedClaim } from './claims.ts';
import { refusedChange, type RefusedChange } from './immutable.ts';
import type { Rendered } from './render.ts';
import type { ManifestSummary } from './summary.ts';

/** A value before and after; equal where it stays. */
interface Change<T> {
  readonly before: T;
  readonly after: T;
}

interface ComponentName {
  readonly role: string;
  readonly workload: string;
}

/** A claim whose template says something else than before. */
export interface ChangedClaim {
  readonly name: string;
  readonly size: Change<string | undefined>;
  readonly storageClass: Change<string | undefined>;
  readonly accessModes: Change<readonly string[]>;
  /** The claim that exists keeps what it has: a template counts for new claims only. */
  readonly effect: string;
}

/** What applying a new manifest over an old one does. */
export interface ManifestDiff {
  readonly version: Change<string | undefined>;
  readonly mode: Change<string>;
  readonly log: Change<string | undefined>;
  /** Where the log's bytes lie, in words: it may move though the log stays of one type. */
  readonly logHome: Change<string>;
  readonly components: {
    readonly added: readonly ComponentName[];
    readonly removed: readonly ComponentName[];
  };
  /** `Kind/name`; objects that go are removed by `helm upgrade` and left where they are by `kubectl apply`. */
  readonly objects: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly claims: {
    readonly kept: readonly string[];
    readonly added: readonly string[];
    readonly changed: readonly ChangedClaim[];
    /** Left behind with their data: nothing of the new manifest mounts them. */
    readonly orphaned: readonly { readonly name: string; readonly keeps: readonly string[] }[];
  };
  readonly images: { readonly added: readonly string[]; readonly removed: readonly string[] };
  readonly refused: readonly RefusedChange[];
}

interface Side {
  readonly rendered: Rendered;
  readonly summary: ManifestSummary;
}

export function diffManifests(before: Side, after: Side): ManifestDiff {
  const [old, next] = [before.summary, after.summary];
  const [oldObjects, nextObjects] = [byName(before.rendered.objects), byName(after.rendered.objects)];
  const [oldComponents, nextComponents] = [old, next].map(({ topology }) => topology.components.map(named));
  const claims = new Map(next.claims.map((claim) => [claim.name, claim]));
  const both = old.claims.flatMap((claim) => {
    const other = claims.get(claim.name);
    return other === undefined ? [] : [{ before: claim, after: other }];
  });
  const changed = both.flatMap(changedClaim);
  const changedNames = new Set(changed.map(({ name }) => name));
  const oldNames = new Set(old.claims.map(({ name }) => name));
  return {
    version: { before: old.topology.instance.version, after: next.topology.instance.version },
    mode: { before: old.topology.instance.mode, after: next.topology.instance.mode },
    log: { before: old.topology.logType, after: next.topology.logType },
    logHome: { before: logHome(old), after: logHome(next) },
    components: {
      added: without(nextComponents ?? [], oldComponents ?? []),
      removed: without(oldComponents ?? [], nextComponents ?? []),
    },
    objects: {
      added: [...nextObjects.keys()].filter((name) => !oldObjects.has(name)),
      removed: [...oldObjects.keys()].filter((name) => !nextObjects.has(name)),
    },
    claims: {
      kept: both.flatMap(({ after: { name } }) => (changedNames.has(name) ? [] : [name])),
      added: next.claims.flatMap(({ name }) => (oldNames.has(name) ? [] : [name])),
      changed,
      orphaned: old.claims.flatMap(({ name, keeps }) => (claims.has(name) ? [] : [{ name, keeps }])),
    },
    images: {
      added: next.images.filter((image) => !old.images.includes(image)),
      removed: old.images.filter((image) => !next.images.includes(image)),
    },
    refused: [...nextObjects].flatMap(([name, object]) => {
      const was = oldObjects.get(name);
      return (was && refusedChange(was, object)) ?? [];
    }),
  };
}

/** Whether applying it stops half-way, moves Milvus to another log, or leaves data behind. */
export function isHarmful({ refused, log, claims }: ManifestDiff): boolean {
  return (
    refused.length > 0 || log.before !== log.after || claims.orphaned.some(({ keeps }) => keeps.length > 0)
  );
}

function logHome({ requirements: { required, exempt, missing } }: ManifestSummary): string {
  const own = required.filter(({ store }) => store === 'log');
  if (own.length > 0) {
    return own.map(({ workload, path }) => `${workload.kind}/${workload.metadata.name} ${path}`).join(', ');
  }
  if (exempt.some(({ store }) => store === 'log')) return 'the bucket, or outside the cluster';
  return missing.some(({ store }) => store === 'log') ? 'nowhere' : 'not known';
}

/** The last of equal names counts, as it does for `kubectl apply`. */
function byName(objects: readonly ManifestObject[]): ReadonlyMap<string, ManifestObject> {
  return new Map(objects.map((object) => [`${object.kind}/${object.name}`, object]));
}

function named({ role, workload }: Component): ComponentName {
  return { role, workload: `${workload.kind}/${workload.metadata.name}` };
}

function without(these: readonly ComponentName[], those: readonly ComponentName[]): readonly ComponentName[] {
  return these.filter(({ workload }) => !those.some((other) => other.workload === workload));
}

function changedClaim({ before, after }: Change<PlannedClaim>): readonly ChangedClaim[] {
  const modes = (claim: PlannedClaim) => claim.accessModes.toSorted().join();
  const [was, is] = [parseQuantity(before.size ?? ''), parseQuantity(after.size ?? '')];
  const sameSize = was === undefined || is === undefined ? before.size === after.size : was === is;
  if (sameSize && before.storageClass === after.storageClass && modes(before) === modes(after)) return [];
  const grows = was !== undefined && is !== undefined && is > was;
  return [
    {
      name: after.name,
      size: { before: before.size, after: after.size },
      storageClass: { before: before.storageClass, after: after.storageClass },
      accessModes: { before: before.accessModes, after: after.accessModes },
      effect:
        after.made === 'template'
          ? 'the claim that exists stays as it is'
          : grows
            ? 'it grows where its class allows expansion'
            : 'the API server refuses it',
    },
  ];
}
