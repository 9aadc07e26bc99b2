import { isPublishedDefault, redactedDefault } from '../topology/published-defaults.ts';

/**
 * Names and texts that carry secrets. Pure. Too much is hidden rather than too little: a check needs the layout of a
 * deployment, never its passwords.
 */
export const redacted = '(redacted)';

const secretWord =
  /pass(?:word|wd|phrase)|pwd|secret|token|credential|(?:access|private|api|auth|encryption|master|shared|account|root)[-_.]?key|auth[-_.]?params|jaas|bearer/i;
/** These only point at a secret, or count words of a text. */
const pointsElsewhere =
  /(?:name|names|ref|refs|file|path|dir|mount|enabled|ttl|expiry)$|tokeni[sz]|max[-_.]?tokens?$/i;

/** Whether a value under this name is likely to be a secret: `secretAccessKey`, `MINIO_ROOT_PASSWORD`, `--token`. */
export function isSecretName(name: string): boolean {
  return secretWord.test(name) && !pointsElsewhere.test(name);
}

/** What is shown in place of a secret. An empty text is kept: it says that there is none. */
export function hide(secret: string): string {
  if (secret === '') return '';
  return isPublishedDefault(secret) ? redactedDefault : redacted;
}

/** Up to the last `@`: a password may hold any other sign, a comma and a slash too. */
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)[^\s'"]*@/gi;
const bearer = /\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi;
const value = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,;&"'})\]]+/.source;
/** `name=value`, `name: value`, `"name": "value"`. */
const assignment = new RegExp(`(?<![\\w.-])(["']?[\\w.-]+["']?)(\\s*(?:=|:(?!//))\\s*)(${value})`, 'g');
/** `--name value`. */
const flag = new RegExp(`(?<![\\w.-])(--?[\\w.-]+)(\\s+)(${value})`, 'g');
const worthLooking = /pass|pwd|secret|token|credential|key|jaas|bearer|basic|auth/i;

/** Hides what is recognisably secret inside one line of prose, shell or configuration; the rest stays. */
export function redactLine(text: string): string {
  const withoutUsers = text.includes('@') ? text.replace(userInfo, `$1${redacted}@`) : text;
  if (!worthLooking.test(withoutUsers)) return withoutUsers;
  return withoutUsers
    .replace(bearer, `$1 ${redacted}`)
    .replace(assignment, hideValue)
    .replace(flag, hideValue);
}

function hideValue(whole: string, name: string, separator: string, quoted: string): string {
  if (!isSecretName(name.replaceAll(/["']/g, '')) || quoted.startsWith(redacted.slice(0, -1))) return whole;
  const quote = /^(["']).*\1$/s.exec(quoted)?.[1] ?? '';
  return `${name}${separator}${quote}${hide(quote === '' ? quoted : quoted.slice(1, -1))}${quote}`;
}
