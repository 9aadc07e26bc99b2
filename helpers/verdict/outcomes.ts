import type { Kind, Observation } from '../topology/observation.ts';
import type { Evidence, Finding, Subject } from './finding.ts';

/** What a failing finding must say. */
export interface Failure {
  readonly observed: string;
  readonly expected: string;
  readonly evidence?: readonly Evidence[];
  readonly remedy?: string;
  readonly stops?: readonly Subject[];
}

export function pass(subject: Subject, observed: string, evidence?: readonly Evidence[]): Finding {
  return { outcome: 'pass', subject, observed, ...(evidence !== undefined && { evidence }) };
}

export function fail(subject: Subject, failure: Failure): Finding {
  return { outcome: 'fail', subject, ...failure };
}

export function warn(subject: Subject, failure: Failure): Finding {
  return { outcome: 'warn', subject, ...failure };
}

/** Does not apply here, or is another check's to say: `reason` tells which. */
export function skipped(subject: Subject, reason: string): Finding {
  return { outcome: 'skipped', subject, observed: reason };
}

/** Could not be judged; never a pass. */
export function inconclusive(
  subject: Subject,
  observed: string,
  expected: string,
  evidence?: readonly Evidence[],
): Finding {
  return {
    outcome: 'inconclusive',
    subject,
    observed,
    expected,
    ...(evidence !== undefined && { evidence }),
  };
}

/** Why objects of this kind could not be looked at, in a sentence; undefined when they were read. */
export function unread(observation: Observation, kind: Kind): string | undefined {
  const read = observation.reads[kind];
  switch (read.state) {
    case 'read':
      return undefined;
    case 'absent':
      return `${kind} objects are not part of this observation.`;
    case 'refused':
      return isRefused(observation, kind)
        ? `The API server refused to list ${kind} objects (${read.status}): ${read.message}`
        : `${kind} objects are not part of this observation: ${read.message}`;
  }
}

/** Whether a server refused this kind; with status 0 there was none to ask (a manifest, a recording). */
export function isRefused({ reads }: Observation, kind: Kind): boolean {
  const read = reads[kind];
  return read.state === 'refused' && read.status !== 0;
}
