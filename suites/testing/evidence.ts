import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, Judge } from '../../helpers/engine/context.ts';
import type { Judges } from '../../helpers/engine/suite.ts';
import type { ObjectsByKind, Observation } from '../../helpers/topology/observation.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import type { CodedFinding } from '../../helpers/verdict/finding.ts';
import { judge } from '../../helpers/verdict/judge.ts';

/** What one check of a suite file finds. Throws when the file has no judge for it. */
export function findingsOf(code: Code, judges: Judges, evidence: Evidence): readonly CodedFinding[] {
  const judgeOf: Judge | undefined = judges[code];
  if (judgeOf === undefined) throw new Error(`this file has no judge for ${code}`);
  return judge(code, judgeOf, evidence);
}

const recordedAs = {
  Pod: 'pods',
  PersistentVolumeClaim: 'claims',
  Event: 'events',
  StorageClass: 'storageclasses',
} as const;

/** The items of one kind that a real API server listed; `prefix` is how the recording's file name begins. */
export function recordedItems<K extends keyof typeof recordedAs>(
  kind: K,
  folder: string,
  prefix: 'broken' | 'list',
): ObjectsByKind[K] {
  const text = readFileSync(join(folder, `${prefix}-${recordedAs[kind]}.json`), 'utf8');
  const recording: { response: { body: { items: ObjectsByKind[K] } } } = JSON.parse(text);
  return recording.response.body.items;
}

/** A copy of an observation in which one object is another; throws when there is none of that name. */
export function changed<
  K extends 'Pod' | 'PersistentVolumeClaim' | 'PersistentVolume' | 'Deployment' | 'StatefulSet',
>(
  observation: Observation,
  kind: K,
  name: string,
  change: (object: Observation['objects'][K][number]) => Observation['objects'][K][number],
): Observation {
  const objects: readonly Observation['objects'][K][number][] = observation.objects[kind];
  if (!objects.some(({ metadata }) => metadata.name === name))
    throw new Error(`no ${kind} ${name} in this observation`);
  const others = objects.map((object) => (object.metadata.name === name ? change(object) : object));
  return { ...observation, objects: { ...observation.objects, [kind]: others } };
}
