import { describe, inject } from 'vitest';
import { areas, type Area } from '../verdict/statement.ts';
import type { Code } from '../verdict/catalogue.ts';
import type { Judge } from './context.ts';
import { registerCheck } from './register.ts';

export type CodesOf<A extends Area> = Extract<Code, `${A}-${string}`>;
export type Judges = Readonly<Partial<Record<Code, Judge>>>;

/**
 * States what must hold in one group: a judge for each code. Where a run is provided (the product), each becomes a
 * vitest test; elsewhere the judges are only returned, so that a proof can hold them against known-bad clusters.
 * A file that registers nothing in a run fails in vitest ("no test found"), so this cannot pass in silence.
 */
export function suite<A extends Area>(area: A, judges: Readonly<Partial<Record<CodesOf<A>, Judge>>>): Judges {
  const run = inject('run');
  if (run === undefined) return judges;
  describe(areas[area], () => {
    for (const [code, judge] of Object.entries(judges) as [Code, Judge][]) registerCheck(run, code, judge);
  });
  return judges;
}
