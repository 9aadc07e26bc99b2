import type { ExperimentPlan } from '../experiment.ts';
import type { PodCourse } from '../timeline.ts';
import { restartedCourse } from './restarted-course.ts';
import type { PodLife } from './pod-lives.ts';
import type { Struck } from './struck.ts';

export interface PodFacts {
  readonly plan: ExperimentPlan;
  readonly struck: readonly Struck[];
  readonly lives: ReadonlyMap<string, PodLife>;
  /** ms of the history. */
  readonly faultAt: number;
}

/** Each struck pod, in the order in which they were struck, with what took its place. */
export function podCourses(facts: PodFacts): readonly PodCourse[] {
  const { plan, struck, lives, faultAt } = facts;
  if (plan.scenario.fault.kind === 'kill-container') {
    return struck.map((each) => restartedCourse(each, containerOf(plan, each), lives.get(each.uid), faultAt));
  }
  const replacements = replacementsOf(facts);
  return struck.map((each) => {
    const { name, uid, part } = each;
    const life = lives.get(uid);
    const leaving = life?.states.find(({ at, pod }) => at >= each.at && pod.deleting);
    const since = (at: number | undefined) => (at === undefined ? undefined : at - faultAt);
    const replacement = replacements.get(uid);
    return {
      part,
      old: { name, uid },
      leavingAt: since(leaving?.at ?? life?.goneAt),
      goneAt: since(life?.goneAt),
      replacement:
        replacement === undefined
          ? undefined
          : replacementCourse(replacement, containerOf(plan, each), faultAt),
    };
  });
}

/**
 * Which new pod took the place of which: the one of the same name (a StatefulSet's), else the next of the same part
 * that was first seen after the strike. A replacement that was struck itself is still the replacement of the first.
 */
function replacementsOf({ struck, lives, faultAt }: PodFacts): ReadonlyMap<string, PodLife> {
  const fresh = [...lives.values()].filter(({ states }) => (states[0]?.at ?? 0) >= faultAt);
  const namesBefore = new Set(
    [...lives.values()].filter((life) => !fresh.includes(life)).map(({ states }) => states[0]?.pod.name),
  );
  const taken = new Map<string, PodLife>();
  const assign = (isMatch: (old: Struck, name: string, part: string) => boolean) => {
    for (const old of struck) {
      if (taken.has(old.uid)) continue;
      const found = fresh.find((life) => {
        const [first] = life.states;
        if (first === undefined || life.uid === old.uid || first.at < old.at) return false;
        return ![...taken.values()].includes(life) && isMatch(old, first.pod.name, first.pod.part);
      });
      if (found !== undefined) taken.set(old.uid, found);
    }
  };
  assign((old, name) => old.name === name);
  assign((old, name, part) => old.part === part && !namesBefore.has(name));
  return taken;
}

function replacementCourse(
  { states }: PodLife,
  container: string | undefined,
  faultAt: number,
): PodCourse['replacement'] {
  const [first] = states;
  if (first === undefined) return undefined;
  const when = (isIt: (state: (typeof states)[number]) => boolean) => {
    const at = states.find(isIt)?.at;
    return at === undefined ? undefined : at - faultAt;
  };
  return {
    name: first.pod.name,
    uid: first.pod.uid,
    createdAt: first.at - faultAt,
    scheduledAt: when(({ pod }) => pod.scheduled),
    startedAt: when(({ pod }) =>
      pod.containers.some(({ name, running }) => running && name === (container ?? name)),
    ),
    readyAt: when(({ pod }) => pod.ready && !pod.deleting),
  };
}

/** The container that the plan names for the pod, or for another of its part. */
function containerOf({ victims }: ExperimentPlan, { uid, part }: Struck): string | undefined {
  const own = victims.find((victim) => victim.uid === uid) ?? victims.find((victim) => victim.part === part);
  return own?.container;
}
