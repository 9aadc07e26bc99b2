/**
 * Whether a server of this version has what came with `since` (`major.minor`). A version that cannot be read has it:
 * then the server itself will say what it lacks.
 */
export function offers(version: string | undefined, since: string | undefined): boolean {
  if (since === undefined) return true;
  const parts = /(\d+)\.(\d+)/.exec(version ?? '');
  if (parts === null) return true;
  const [major = 0, minor = 0] = since.split('.').map(Number);
  const [own, ownMinor] = [Number(parts[1]), Number(parts[2])];
  return own > major || (own === major && ownMinor >= minor);
}
