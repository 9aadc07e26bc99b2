import { randomInt } from 'node:crypto';

/** A seed for a run that was given none: 31 bits. */
export function drawSeed(): number {
  return randomInt(2 ** 31);
}
