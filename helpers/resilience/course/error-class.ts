const longest = 160;

/** The first line of an error, as far as a table has room for it; what servers append (stack traces) is left out. */
export function shortened(text: string): string {
  const [line = ''] = text.split(/\s*(?:\n|, stack trace:|: stack trace:|(?<=exceeded) after \d+\.\d+s,)/, 1);
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/**
 * What two errors have in common that say the same of another object: whatever has a digit in it (identifiers,
 * addresses, times, names of pods) is one placeholder, and a list of such is one too. The code before the first
 * colon stays.
 */
export function errorClass(text: string): string {
  const line = shortened(text);
  const colon = line.indexOf(':');
  const code = colon === -1 ? '' : line.slice(0, colon);
  const message = line
    .slice(code.length)
    .replaceAll(/-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g, '-#')
    .replaceAll(/[A-Za-z0-9_]*\d[A-Za-z0-9_]*/g, '#')
    .replaceAll(/#(?:[-.:, ]+#)+/g, '#');
  return code + message;
}
