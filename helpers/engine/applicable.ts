import type { Code } from '../verdict/catalogue.ts';
import type { Area } from '../verdict/statement.ts';
import type { Observation } from '../topology/observation.ts';
import { areaOf } from './codes.ts';

/** Areas that only a manifest, or only a cluster before an install, has anything to say to. */
const beforeInstall: ReadonlySet<Area> = new Set<Area>(['MAN', 'PRE']);

/** Whether a check is of this kind of run at all; one that is not is in no report. */
export function applies(code: Code, observation: Observation | undefined): boolean {
  const area = areaOf(code);
  if (observation?.preflight !== undefined) return area === 'PRE';
  if (observation?.manifest !== undefined) return area !== 'PRE' && area !== 'RTP';
  return !beforeInstall.has(area);
}
