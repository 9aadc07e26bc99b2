import type { Evidence } from '../../helpers/engine/context.ts';
import { askedBy, type Resources } from '../../helpers/topology/asked.ts';
import { expectedClaimsOf } from '../../helpers/topology/claims.ts';
import type { Workload } from '../../helpers/topology/model.ts';
import type { PodSpec } from '../../helpers/topology/objects.ts';
import type { Asked, Preflight } from '../../helpers/topology/preflight.ts';
import { workloadsOf } from '../../helpers/topology/workloads.ts';
import type { Finding, Subject } from '../../helpers/verdict/finding.ts';
import { inconclusive, skipped } from '../../helpers/verdict/outcomes.ts';
import { admitted } from './admitted.ts';

/** The place where Milvus is to be installed. */
export function namespaceSubject({ observation }: Evidence): Subject {
  return { kind: 'Namespace', name: observation.namespace };
}

/** Judges what a preflight has; without a manifest, a check of what is to be installed does not apply. */
export function withManifest(
  evidence: Evidence,
  judge: (preflight: Preflight, subject: Subject) => readonly Finding[],
): readonly Finding[] {
  const { preflight, manifest } = evidence.observation;
  const subject = namespaceSubject(evidence);
  if (preflight === undefined) return [skipped(subject, 'This is no preflight.')];
  if (manifest === undefined)
    return [skipped(subject, 'Without --manifest nobody knows what will be installed.')];
  return judge(preflight, subject);
}

/** Items of a list, or the finding that they could not be read. */
export function itemsOf<T>(
  asked: Asked<T>,
  what: string,
  subject: Subject,
): { readonly items: readonly T[] } | { readonly finding: Finding } {
  if (asked.state === 'read') return { items: asked.items };
  return {
    finding: inconclusive(
      subject,
      `The API server refused to list ${what} (${asked.status}): ${asked.message}`,
      `Leave to list ${what}.`,
    ),
  };
}

/** A workload of the manifest that is to run, and what each of its pods asks for once the API server let it in. */
export interface PlannedWorkload {
  readonly workload: Workload;
  readonly pod: PodSpec;
  readonly requests: Resources;
  readonly limits: Resources;
}

export function plannedWorkloads({ observation }: Evidence): readonly PlannedWorkload[] {
  const { preflight } = observation;
  const ranges = preflight?.limitRanges.state === 'read' ? preflight.limitRanges.items : [];
  return workloadsOf(observation.objects)
    .filter(({ replicas }) => replicas > 0)
    .map((workload) => {
      const pod = admitted(workload.template, ranges);
      return { workload, pod, requests: askedBy(pod, 'requests'), limits: askedBy(pod, 'limits') };
    });
}

/** A claim that applying the manifest makes. */
export interface PlannedClaim {
  readonly name: string;
  readonly size: string | undefined;
  readonly storageClass: string | undefined;
  readonly accessModes: readonly string[];
  /** Whether a StatefulSet makes it, and so takes one that is there. */
  readonly template: boolean;
}

export function plannedClaims({ observation: { objects } }: Evidence): readonly PlannedClaim[] {
  const declared = objects.PersistentVolumeClaim.map(({ metadata, spec }) => ({
    name: metadata.name,
    size: spec.resources?.requests?.['storage'],
    storageClass: spec.storageClassName,
    accessModes: spec.accessModes ?? [],
    template: false,
  }));
  const made = workloadsOf(objects).flatMap((workload) =>
    expectedClaimsOf(workload, new Map()).flatMap(({ name, template }) =>
      template === undefined
        ? []
        : [
            {
              name,
              size: template.size,
              storageClass: template.storageClassName,
              accessModes: template.accessModes,
              template: true,
            },
          ],
    ),
  );
  return [...declared, ...made];
}
