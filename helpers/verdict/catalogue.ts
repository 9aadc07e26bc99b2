import { configuration } from './catalogue/configuration.ts';
import { health } from './catalogue/health.ts';
import { log } from './catalogue/log.ts';
import { manifest } from './catalogue/manifest.ts';
import { preflight } from './catalogue/preflight.ts';
import { resilience } from './catalogue/resilience.ts';
import { roundTrip } from './catalogue/round-trip.ts';
import { stateless } from './catalogue/stateless.ts';
import { storage } from './catalogue/storage.ts';
import { upgrade } from './catalogue/upgrade.ts';
import type { Statement } from './statement.ts';

/** Every check of the suite by its code, in report order. */
export const catalogue = {
  ...configuration,
  ...storage,
  ...log,
  ...stateless,
  ...health,
  ...roundTrip,
  ...resilience,
  ...upgrade,
  ...manifest,
  ...preflight,
} as const satisfies Record<string, Statement>;

export type Code = keyof typeof catalogue;

/** The row of one code, as a plain statement: `reads` is there for each, if only as undefined. */
export function statementOf(code: Code): Statement {
  return catalogue[code];
}
