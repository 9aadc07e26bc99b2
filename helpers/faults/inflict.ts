import type { Fault, Victim } from '../resilience/scenario.ts';
import { deletePods } from './delete-pods.ts';
import { evict } from './evict.ts';
import { killContainer } from './kill-container.ts';
import type { FaultPlace } from './place.ts';
import { restartRollout } from './restart-rollout.ts';
import { scaleToZero } from './scale-to-zero.ts';

/**
 * Does what the fault says to the pods and proves that it landed; each blow is noted in the history when it begins,
 * and when it has landed, failed or was undone. What must be undone is in the journal before it is done, and undone
 * when this returns or throws.
 * @throws FaultError where it did not land; the signal's reason when aborted
 */
export function inflict(fault: Fault, victims: readonly Victim[], place: FaultPlace): Promise<void> {
  switch (fault.kind) {
    case 'delete-pods':
      return deletePods(fault, victims, place);
    case 'kill-container':
      return killContainer(victims, place);
    case 'restart-rollout':
      return restartRollout(victims, place);
    case 'scale-to-zero':
      return scaleToZero(fault, victims, place);
    case 'evict':
      return evict(victims, place);
  }
}
