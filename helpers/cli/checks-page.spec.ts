import { expect, test } from 'vitest';
import { checksPage } from './checks-page.ts';

test('docs/checks.md says what the catalogue says; renew it with "npx vitest run --project unit -u"', async () => {
  await expect(checksPage()).toMatchFileSnapshot('../../docs/checks.md');
});
