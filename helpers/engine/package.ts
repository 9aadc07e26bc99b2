import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `helpers/` and `suites/`: the package itself from source, `dist/` when compiled. */
export const codeRoot = fileURLToPath(new URL('../../', import.meta.url));

/** `.ts` from source, `.js` when compiled. */
export const codeExtension = extname(import.meta.url);

/** Version of this package, from its package.json. */
export function packageVersion(): string {
  const beside = new URL('../../package.json', import.meta.url);
  const file = existsSync(beside) ? beside : new URL('../../../package.json', import.meta.url);
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new Error(`${file.pathname} holds no version`);
}
