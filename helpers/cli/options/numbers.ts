import { UsageError } from '../../engine/usage-error.ts';

/** A whole number from `least` to `most`; undefined where the flag was not given. @throws UsageError */
export function wholeNumber(
  flag: string,
  given: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= least && number <= most) return number;
  throw new UsageError(`${flag}: '${given}' is no whole number from ${least} to ${most}`);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/** A length of time such as `90s`, `1500ms` or `2m`, in ms; undefined where the flag was not given. @throws UsageError */
export function duration(flag: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(given) ?? [];
  const milliseconds = Number(number) * (units[unit] ?? Number.NaN);
  if (number !== '' && milliseconds > 0) return Math.round(milliseconds);
  throw new UsageError(
    `${flag}: '${given}' is no length of time; expected a number with its unit, such as 90s or 2m`,
  );
}
