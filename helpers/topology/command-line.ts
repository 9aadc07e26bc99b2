import type { Container } from './objects.ts';

/**
 * The words of a container's command and arguments, those of a shell line (`sh -c "…"`) included. Quotes are dropped:
 * enough to find a program and its arguments, not a shell.
 */
export function wordsOf({ command = [], args = [] }: Container): readonly string[] {
  return [...command, ...args].flatMap((part) =>
    part
      .split(/[\s;]+/)
      .map((word) => word.replaceAll(/["']/g, ''))
      .filter((word) => word !== ''),
  );
}

/** The value of `--name value` or `--name=value`. */
export function optionOf(words: readonly string[], name: string): string | undefined {
  const joined = words.find((word) => word.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = words.indexOf(name);
  return at === -1 ? undefined : words[at + 1];
}
