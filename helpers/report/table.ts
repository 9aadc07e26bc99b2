import Table from 'cli-table3';
import type { Look } from './look.ts';
import { wrapCell } from './wrap.ts';

/** A table as wide as the look allows; columns without a width of their own share what is left of the line. */
export function table(
  { width }: Look,
  widths: readonly (number | undefined)[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const fixed = widths.reduce<number>((total, column) => total + (column ?? 0), 0);
  const free = widths.filter((column) => column === undefined).length;
  const share = Math.floor((width - fixed - widths.length - 1) / Math.max(1, free));
  const columns = widths.map((column) => column ?? share);
  const drawn = new Table({
    head: [...head],
    colWidths: columns,
    style: { head: [], border: [], compact: true },
  });
  // A cell has a blank on either side.
  drawn.push(...rows.map((row) => row.map((cell, index) => wrapCell(cell, (columns[index] ?? share) - 2))));
  return drawn.toString();
}
