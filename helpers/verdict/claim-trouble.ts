import type { Claim, Event, StorageClass } from '../topology/objects.ts';
import type { Observation } from '../topology/observation.ts';
import { eventsOf } from './events.ts';

/** Why a claim is not Bound, so that each reason is one check's to say. */
export type ClaimTrouble =
  | { readonly kind: 'bound' }
  | { readonly kind: 'lost' }
  /** Names a class that does not exist. */
  | { readonly kind: 'no such class'; readonly className: string; readonly events: readonly Event[] }
  /** Names no class, and no class is the default. */
  | { readonly kind: 'no default class'; readonly events: readonly Event[] }
  | { readonly kind: 'provisioner failed'; readonly events: readonly Event[] }
  /** WaitForFirstConsumer: bound when a pod that uses it is scheduled. */
  | { readonly kind: 'waits for its pod'; readonly events: readonly Event[] }
  /** Pending, and nothing says why. */
  | { readonly kind: 'pending'; readonly events: readonly Event[] };

const noSuchClass = /storageclass\.storage\.k8s\.io "[^"]*" not found/;

/** Tells the reasons of a Pending claim apart by its events and by the classes that exist. */
export function claimTrouble(claim: Claim, observation: Observation): ClaimTrouble {
  const phase = claim.status?.phase;
  if (phase === 'Bound') return { kind: 'bound' };
  if (phase === 'Lost') return { kind: 'lost' };
  const events = eventsOf(observation, { kind: 'PersistentVolumeClaim', metadata: claim.metadata });
  const warnings = events.filter(({ type }) => type === 'Warning');
  const className = claim.spec.storageClassName;
  const classes = classesOf(observation);
  if (className !== undefined && className !== '' && lacks(className, classes, warnings)) {
    return { kind: 'no such class', className, events: warnings };
  }
  if (className === undefined && classes !== undefined && !classes.some(isDefault)) {
    return { kind: 'no default class', events };
  }
  const refused = warnings.filter(({ reason }) => reason === 'ProvisioningFailed');
  if (refused.length > 0) return { kind: 'provisioner failed', events: refused };
  const waiting = events.filter(({ reason }) => /^WaitFor(FirstConsumer|PodScheduled)$/.test(reason ?? ''));
  if (waiting.length > 0 || bindsLate(className, classes))
    return { kind: 'waits for its pod', events: waiting };
  return { kind: 'pending', events };
}

function classesOf(observation: Observation): readonly StorageClass[] | undefined {
  return observation.reads.StorageClass.state === 'read' ? observation.objects.StorageClass : undefined;
}

function lacks(
  className: string,
  classes: readonly StorageClass[] | undefined,
  warnings: readonly Event[],
): boolean {
  if (classes !== undefined) return !classes.some(({ metadata }) => metadata.name === className);
  return warnings.some(({ message }) => noSuchClass.test(message ?? ''));
}

function isDefault({ metadata }: StorageClass): boolean {
  return metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
}

function bindsLate(className: string | undefined, classes: readonly StorageClass[] | undefined): boolean {
  const found = classes?.find((each) =>
    className === undefined ? isDefault(each) : each.metadata.name === className,
  );
  return found?.volumeBindingMode === 'WaitForFirstConsumer';
}
