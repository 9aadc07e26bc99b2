import { setTimeout as sleep } from 'node:timers/promises';
import { deletePod } from '../kubernetes/delete-pod.ts';
import { ApiError } from '../kubernetes/errors.ts';
import { wasCut } from '../kubernetes/unreachable.ts';
import type { Fault, Victim } from '../resilience/scenario.ts';
import { awaitGone } from './await-gone.ts';
import { FaultError } from './fault-error.ts';
import type { FaultPlace } from './place.ts';
import { findReplacements, podsBefore } from './replacements.ts';
import { strike } from './strike.ts';

type DeletePods = Extract<Fault, { kind: 'delete-pods' }>;

/**
 * Deletes the pods, all at the same moment, and proves it by their UIDs, which are gone. With `times`, deletes those
 * that replaced them as soon as they exist, no sooner than `everyMs` after the blow before.
 * @throws FaultError
 */
export async function deletePods(
  { graceSeconds, times = 1, everyMs = 0 }: DeletePods,
  victims: readonly Victim[],
  place: FaultPlace,
): Promise<void> {
  const how = graceSeconds === 0 ? 'delete with grace 0' : 'delete gracefully';
  let struck = victims;
  for (let blow = 1; ; blow += 1) {
    const text = times === 1 ? how : `${how} (${blow} of ${times})`;
    const before = blow < times ? await podsBefore(struck, place) : undefined;
    const next = performance.now() + everyMs;
    await strike(text, struck, place, () => deleteAll(text, struck, graceSeconds, place));
    if (before === undefined) return;
    await sleep(Math.max(0, next - performance.now()), undefined, { signal: place.signal });
    struck = await findReplacements(text, struck, before, place);
  }
}

async function deleteAll(
  text: string,
  victims: readonly Victim[],
  graceSeconds: 0 | undefined,
  place: FaultPlace,
): Promise<string> {
  const { connection, namespace, signal } = place;
  const sent = await Promise.allSettled(
    victims.map((victim) => deletePod(connection, namespace, victim, graceSeconds, signal)),
  );
  for (const [index, result] of sent.entries()) {
    const name = victims[index]?.name ?? '';
    // Whether a request that was cut had its effect is seen below.
    if (result.status === 'rejected' && !wasCut(result.reason)) throw refused(name, result.reason);
  }
  await awaitGone(text, victims, graceSeconds, place);
  return victims.length === 1 ? 'the pod is gone' : `the ${victims.length} pods are gone`;
}

function refused(name: string, reason: unknown): unknown {
  if (!(reason instanceof ApiError)) return reason;
  const doing = `deleting the pod ${name}`;
  const cause = { cause: reason };
  switch (reason.status) {
    case 404:
      return new FaultError(doing, 'it was gone before', 'Look at what else removes pods there.', cause);
    case 409:
      return new FaultError(doing, 'another pod has its name by now', 'It was replaced before.', cause);
    default:
      return new FaultError(doing, reason.serverMessage, '', cause);
  }
}
