import type { Evidence as Judged } from '../engine/context.ts';
import type { Topology } from '../topology/model.ts';
import type { Evidence, Finding } from './finding.ts';
import { subjectKey, workloadSubject } from './subjects.ts';

/** At most so many lines of a manifest beside one finding. */
const shownAtMost = 4;

/**
 * A finding about a manifest with the lines of the objects that it speaks of: its subject, what its evidence names,
 * and where neither stands in the file, what makes the subject. One that asks nothing of the reader stays as it is.
 */
export function located(finding: Finding, { observation, topology }: Judged): Finding {
  const places = observation.manifest?.places;
  if (places === undefined || finding.outcome === 'pass' || finding.outcome === 'skipped') return finding;
  const own = finding.evidence ?? [];
  const spoken = [subjectKey(finding.subject), ...own.flatMap(({ at }) => namesIn(at))];
  const names = [...spoken, ...makersOf(finding, topology)];
  const lines = [...new Set(names)].flatMap((name) => {
    const place = places[name];
    return place === undefined ? [] : [{ at: place, text: name }];
  });
  const seen: readonly Evidence[] = [...own, ...lines.slice(0, shownAtMost)];
  return seen.length === 0 ? finding : { ...finding, evidence: seen };
}

/** `Kind/name` as it stands in a text. */
function namesIn(text: string): readonly string[] {
  return text.match(/\b[A-Z][A-Za-z]+\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/g) ?? [];
}

/** What is not in the file itself but comes of something in it: a claim of a template, a store, the instance. */
function makersOf({ subject }: Finding, topology: Topology): readonly string[] {
  switch (subject.kind) {
    case 'PersistentVolumeClaim':
      return topology.expectedClaims
        .filter(({ name }) => name === subject.name)
        .map(({ workload }) => subjectKey(workloadSubject(workload)));
    case 'Store':
    case 'Milvus':
      return namesIn(topology.configuration.from);
    default:
      return [];
  }
}
