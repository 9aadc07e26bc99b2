import { isMap, parseDocument, stringify } from 'yaml';
import { isRecord } from './json.ts';
import { hide, isSecretName, redactLine, redacted } from './secrets.ts';

/** Longest single line that is kept. Pulsar's JVM options have some hundred characters, a certificate has more. */
const longestLine = 600;
/** A text nested in a text nested in a text is not configuration. */
const deepest = 4;

export function omitted(text: string): string {
  return `(omitted, ${text.length} characters)`;
}

/**
 * One value of a ConfigMap, or any text that may be a file of configuration. Pure.
 *
 * YAML and JSON objects come back as YAML without comments, secrets hidden (of a duplicate key the last counts, as in
 * Milvus); `key=value` files keep their lines; a short line stays; scripts and everything else is omitted.
 */
export function redactText(name: string, text: string, depth = 0): string {
  if (isSecretName(name)) return hide(text);
  const lines = text.trim().split('\n');
  const isShortLine = lines.length === 1 && text.length <= longestLine;
  if (isShortLine && !text.trimStart().startsWith('{')) return redactLine(text);
  if (text.startsWith('#!') || depth === deepest) return omitted(text);
  const properties = redactProperties(lines);
  if (properties !== undefined) return properties;
  const parsed = parseMapping(text);
  if (parsed !== undefined) return stringify(redactValue(name, parsed, depth), { lineWidth: 0 });
  if (isShortLine) return redactLine(text);
  return lines.every((line) => /^\s*(?:#|$)/.test(line)) ? '' : omitted(text);
}

/** Any JSON value under the name of its member, the names below it included. */
export function redactValue(name: string, value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((item) => redactValue(name, item, depth));
  if (isRecord(value)) {
    const below = isSecretName(name) ? hideAll : redactValue;
    const named = value['name'];
    const isVariable = typeof named === 'string' && 'value' in value && isSecretName(named);
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [
        member,
        isVariable && member === 'value' ? hideAll(member, inner) : below(member, inner, depth),
      ]),
    );
  }
  if (isSecretName(name)) return hideAll(name, value);
  return typeof value === 'string' ? redactText('', value, depth + 1) : value;
}

/** Every leaf, whatever its name. Whether something is on or off, or not set, is no secret. */
function hideAll(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'number' || typeof value === 'bigint') return redacted;
  if (Array.isArray(value)) return value.map((item) => hideAll('', item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, hideAll(member, inner)]));
}

/** A YAML mapping with the last of duplicate keys, or undefined when the text is anything else. */
export function parseMapping(text: string): Readonly<Record<string, unknown>> | undefined {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isRecord(value) ? value : undefined;
  } catch (error) {
    // So many aliases, or one without an anchor: such a text is shown to nobody.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function redactProperties(lines: readonly string[]): string | undefined {
  const settings = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^[#!]/.test(line));
  if (settings.length === 0 || !settings.every((line) => /^[\w.-]+\s*=/.test(line))) return undefined;
  return settings
    .map((line) => {
      const at = line.indexOf('=');
      const name = line.slice(0, at).trim();
      return `${name}=${isSecretName(name) ? hide(line.slice(at + 1).trim()) : redactLine(line.slice(at + 1).trim())}`;
    })
    .join('\n');
}
