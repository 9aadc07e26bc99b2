import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../topology/environment.ts';
import type { ManifestObject } from '../topology/manifest-objects.ts';
import { parseQuantity } from '../topology/quantity.ts';

/** A change that the API server will not make: `apply` fails at this object, and those after it may not be reached. */
export interface RefusedChange {
  readonly kind: string;
  readonly name: string;
  /** Fields, for example `spec.volumeClaimTemplates`. */
  readonly fields: readonly string[];
  /** The new object's place. */
  readonly place: string;
  /** The server's words, as far as they do not depend on the object. */
  readonly refusal: string;
  readonly remedy: string;
}

interface Rule {
  readonly fields: (before: Spec, after: Spec) => readonly string[];
  readonly refusal: string;
  readonly remedy: string;
}

type Spec = Readonly<Record<string, unknown>>;

/** What may change in a StatefulSet, and all that may. Source: the API server's own refusal, Kubernetes 1.34. */
const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

/** What the API server fills in; setting it is no change. */
const defaults: Spec = { podManagementPolicy: 'OrderedReady', completions: 1, parallelism: 1 };

const rules: Readonly<Record<string, Rule>> = {
  StatefulSet: {
    fields: (before, after) => differing(before, after).filter((field) => !changeable.includes(field)),
    refusal: `Forbidden: updates to statefulset spec for fields other than ${changeable
      .map((field) => `'${field}'`)
      .join(', ')
      .replace(/, ([^,]*)$/, ' and $1')} are forbidden`,
    remedy:
      'Delete the StatefulSet without its pods first (`kubectl delete statefulset NAME --cascade=orphan`), then apply; claims that exist keep their size and class, so grow those by hand.',
  },
  Deployment: {
    fields: (before, after) => differing(before, after).filter((field) => field === 'selector'),
    refusal: 'spec.selector: field is immutable',
    remedy: 'Delete the Deployment first, then apply: its pods are away in between.',
  },
  PersistentVolumeClaim: {
    fields: claimFields,
    refusal:
      'spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
    remedy: 'Make a claim of another name and copy the data over; a claim can only grow.',
  },
  Job: {
    fields: (before, after) =>
      differing(before, after).filter((field) =>
        ['template', 'selector', 'completions', 'completionMode'].includes(field),
      ),
    refusal: 'spec.template: field is immutable',
    remedy: 'Delete the finished Job first (`kubectl delete job NAME`), then apply.',
  },
  StorageClass: {
    fields: (before, after) =>
      differing(before, after).filter((field) =>
        ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].includes(field),
      ),
    refusal: 'updates to parameters, provisioner, reclaimPolicy and volumeBindingMode are forbidden',
    remedy: 'Make a class of another name.',
  },
};

/** Why the API server will not turn one object into the other, or undefined when it will. */
export function refusedChange(before: ManifestObject, after: ManifestObject): RefusedChange | undefined {
  const rule = rules[after.kind];
  if (rule === undefined) return undefined;
  const isWhole = after.kind === 'StorageClass';
  const fields = rule.fields(
    isWhole ? before.object : specOf(before.object),
    isWhole ? after.object : specOf(after.object),
  );
  if (fields.length === 0) return undefined;
  const { kind, name, place } = after;
  const { refusal, remedy } = rule;
  const paths = fields.map((field) => (isWhole ? field : `spec.${field}`));
  return { kind, name, place, fields: paths, refusal, remedy: remedy.replaceAll('NAME', name) };
}

function specOf(object: Spec): Spec {
  return isRecord(object['spec']) ? object['spec'] : {};
}

function differing(before: Spec, after: Spec): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((field) => {
    const value = (spec: Spec) => withoutDefaults(field, spec[field] ?? defaults[field]);
    return !isDeepStrictEqual(value(before), value(after));
  });
}

/** Kind and version of a claim template are filled in by the API server where a chart leaves them out. */
function withoutDefaults(field: string, value: unknown): unknown {
  if (field !== 'volumeClaimTemplates' || !Array.isArray(value)) return value;
  return value.map((template: unknown) => {
    if (!isRecord(template)) return template;
    const { apiVersion: _version, kind: _kind, ...rest } = template;
    const spec = isRecord(rest['spec']) ? { volumeMode: 'Filesystem', ...rest['spec'] } : rest['spec'];
    return { ...rest, spec };
  });
}

function claimFields(before: Spec, after: Spec): readonly string[] {
  return differing({ volumeMode: 'Filesystem', ...before }, { volumeMode: 'Filesystem', ...after }).filter(
    (field) => field !== 'resources' || sizeOf(after) < sizeOf(before),
  );
}

function sizeOf({ resources }: Spec): number {
  const requests = isRecord(resources) ? resources['requests'] : undefined;
  return parseQuantity(String(isRecord(requests) ? requests['storage'] : '')) ?? 0;
}
