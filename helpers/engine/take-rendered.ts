import type { Observation } from '../topology/observation.ts';
import type { Known, Run } from './run-parts.ts';
import { writeObservation } from './saved-observation.ts';
import { understandFor } from './understand-for.ts';

/** Puts a manifest into the run's folder as the observation that it is. Throws InstanceError. */
export async function takeRendered(observation: Observation, run: Run, known: Known): Promise<void> {
  const { settings, folder } = run;
  known.observation = observation;
  await writeObservation(folder.observation, observation);
  known.topology = understandFor(observation, settings.instance);
}
