/** The three numbers of a version such as `v2.6.2`, `2.3.5-lite` or `2.6.0-rc1`; undefined for other texts. */
export function releaseOf(text: string): readonly [number, number, number] | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:$|[-+.])/.exec(text.trim());
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether a version is at least `major.minor`. */
export function isAtLeast(
  [major, minor]: readonly [number, number, number],
  wanted: readonly [number, number],
): boolean {
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}
