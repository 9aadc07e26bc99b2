import type { Statement } from './statement.ts';

/** Every check of the suite by its code, in report order. */
export const catalogue = {
  'STO-010': {
    title: 'Every store that the configuration names has its workload.',
    severity: 'fail',
    needs: 'objects',
    why: 'TBD',
    remedy: 'TBD',
  },
} as const satisfies Record<string, Statement>;

export type Code = keyof typeof catalogue;
