import { expect, test } from 'vitest';
import { layoutNames } from '../../fixtures/layouts/layouts.ts';
import { flagsOf, layouts, type Flag } from './flags.ts';
import { commandLinePage } from './page.ts';
import { optionsSchema } from './options/schema.ts';

test('--embedded offers the layouts that the embedded cluster has', () => {
  expect(new Set(layouts)).toEqual(new Set(layoutNames));
});

test('every flag with a key can be given in the options file under its own name in camelCase', () => {
  const flags: readonly Flag[] = flagsOf.gate;
  const keyed = flags.filter(({ key }) => key !== undefined);
  for (const { flags: text, key } of keyed) {
    const name = /--([a-z-]+)/.exec(text)?.[1] ?? '';
    expect(key).toBe(name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()));
  }
  const keys = [...keyed.map(({ key }) => key), 'waivers', 'wal'];
  expect(new Set(Object.keys(optionsSchema.shape))).toEqual(new Set(keys));
});

test('docs/command-line.md is what the table of flags says; "npx vitest run --project unit -u" renews it', async () => {
  await expect(commandLinePage()).toMatchFileSnapshot('../../docs/command-line.md');
});
