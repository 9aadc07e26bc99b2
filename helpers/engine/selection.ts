import { suggestion } from './suggest.ts';
import { UsageError } from './usage-error.ts';

/** Which checks to run: codes (`STO-010`) or areas (`STO`). An empty `only` means all. */
export interface Selection {
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

export const everything: Selection = { only: [], skip: [] };

export function isSelected(code: string, selection: Selection): boolean {
  const named = (selector: string) => code === selector || code.startsWith(`${selector}-`);
  return (selection.only.length === 0 || selection.only.some(named)) && !selection.skip.some(named);
}

/**
 * Throws a UsageError for a selector that names no check and no area, and for a selection that leaves nothing to
 * run: a gate that judged nothing must not look like one that passed.
 */
export function validateSelection(selection: Selection, codes: readonly string[]): void {
  const areas = [...new Set(codes.map((code) => code.slice(0, 3)))];
  for (const option of ['only', 'skip'] as const) {
    for (const selector of selection[option]) {
      if (areas.includes(selector) || codes.includes(selector)) continue;
      const similar = suggestion(selector, [...areas, ...codes]);
      throw new UsageError(
        `--${option}: '${selector}' matches no check; expected a code such as ${codes[0] ?? 'STO-010'} or an area (${areas.join(', ')}).${similar} "milvus-conformance checks" lists them all.`,
      );
    }
  }
  if (!codes.some((code) => isSelected(code, selection))) {
    throw new UsageError(
      `--only ${selection.only.join(',')} and --skip ${selection.skip.join(',')} leave no check to run; expected at least one.`,
    );
  }
}
