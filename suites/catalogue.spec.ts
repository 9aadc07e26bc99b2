import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Judges } from '../helpers/engine/suite.ts';
import { catalogue, statementOf, type Code } from '../helpers/verdict/catalogue.ts';

const codes = Object.keys(catalogue);

async function judgedCodes(file: string): Promise<readonly string[]> {
  const module: { default: Judges } = await import(pathToFileURL(join(import.meta.dirname, file)).href);
  return Object.keys(module.default);
}

test('every code has exactly one judge, and every judge a code', async () => {
  const files = globSync('**/*.test.ts', { cwd: import.meta.dirname });
  const judged = (await Promise.all(files.map(judgedCodes))).flat();
  expect(judged.toSorted()).toEqual(codes.toSorted());
});

test.each(codes.filter((code): code is Code => Object.hasOwn(catalogue, code)))(
  '%s says what must hold, why, and what to do, in sentences',
  (code) => {
    const { title, why, remedy } = statementOf(code);
    for (const text of [title, why, remedy]) expect(text).toMatch(/^[A-Z`0-9a-z].*[.)]$/);
    expect(code).toMatch(/^(STO|WAL|STL|HLT|CFG|RTP|RES|UPG|MAN|PRE)-\d{3}$/);
  },
);
