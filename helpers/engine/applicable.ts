import { statementOf, type Code } from '../verdict/catalogue.ts';
import type { Area } from '../verdict/statement.ts';
import type { Observation } from '../topology/observation.ts';
import { areaOf } from './codes.ts';

/** Areas that only a manifest, or only a cluster before an install, has anything to say to. */
const beforeInstall: ReadonlySet<Area> = new Set<Area>(['MAN', 'PRE']);

/** What kind of run it is, beside what it looks at. */
interface RunKind {
  /** Faults were tried: their checks apply. */
  readonly hasExperiments: boolean;
  /** Only faults were: the gate's own checks do not. */
  readonly isChaos: boolean;
  /** Which side of an upgrade it looks at. */
  readonly upgrade: 'before' | 'after' | undefined;
}

/**
 * Whether a check is of this kind of run at all; one that is not is in no report. `chaos` has checks of its own, and so
 * has `upgrade before`; `upgrade after` has its own beside the gate's.
 */
export function applies(
  code: Code,
  observation: Observation | undefined,
  { hasExperiments, isChaos, upgrade }: RunKind,
): boolean {
  const area = areaOf(code);
  const { needs } = statementOf(code);
  if (upgrade === 'before' || needs === 'before-upgrade')
    return upgrade === 'before' && needs === 'before-upgrade';
  if (area === 'UPG') return upgrade === 'after';
  if (area === 'RES') return hasExperiments;
  if (isChaos) return false;
  if (observation?.preflight !== undefined) return area === 'PRE';
  if (observation?.manifest !== undefined) return area !== 'PRE' && area !== 'RTP';
  return !beforeInstall.has(area);
}
