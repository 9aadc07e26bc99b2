import type { ComponentRole } from '../../topology/model.ts';
import type { Budgets, Scenario, Timing } from '../scenario.ts';
import { away, cut } from './away.ts';

/** Kills at the moment at which they hurt most. Not measured: each has the time of the plain kill of its component. */
export const timed: readonly Scenario[] = [
  // milvus#38288, milvus#34531: loads that were stuck, or done and empty.
  killAt(
    'querynode',
    'load',
    'a collection is loaded',
    'The load ends, and is whole.',
    away(90_000, cut, 30_000),
  ),
  // milvus#33153, milvus#36709: flushes that hung.
  killAt(
    'datanode',
    'flush',
    'rows are flushed',
    'The flush ends, and no row is lost.',
    away(cut, cut, 30_000),
  ),
  killAt(
    'streamingnode',
    'flush',
    'rows are flushed',
    'The flush ends, and no row is lost.',
    away(90_000, 90_000, 90_000),
  ),
  killAt('indexnode', 'index build', 'an index is built', 'Another node builds it.', away(cut, cut, 30_000)),
  killAt('datanode', 'index build', 'an index is built', 'Another node builds it.', away(cut, cut, 30_000)),
  // milvus#37782, milvus#33015, milvus#39131: deleted rows that came back.
  killAt(
    'datanode',
    'delete burst',
    'many rows are deleted',
    'No deleted row comes back.',
    away(cut, cut, 30_000),
  ),
  killAt(
    'streamingnode',
    'delete burst',
    'many rows are deleted',
    'No deleted row comes back.',
    away(90_000, 90_000, 90_000),
  ),
  killAt(
    'querynode',
    'delete burst',
    'many rows are deleted',
    'No deleted row comes back.',
    away(90_000, cut, 30_000),
  ),
];

function killAt(
  role: ComponentRole,
  timing: Timing,
  moment: string,
  holds: string,
  budgets: Budgets,
): Scenario {
  return {
    name: `${role}-kill-at-${timing.replaceAll(' ', '-')}`,
    summary: `Kills one ${role} pod while ${moment}. ${holds}`,
    targets: [{ kind: 'component', roles: [role], pick: 'one' }],
    fault: { kind: 'delete-pods', graceSeconds: 0 },
    timing,
    budgets,
  };
}
