import { expect, test } from 'vitest';
import { plainProgress } from './progress.ts';

function recorder() {
  const lines: string[] = [];
  return { progress: plainProgress((line) => lines.push(line.replace(/\d+\.\d s/, 'N s'))), lines };
}

test('a phase leaves one line: its title and what came of it', async () => {
  const { progress, lines } = recorder();
  const value = await progress.phase('Observe', async (say) => {
    say('page 1');
    return { value: 7, remark: '12 objects' };
  });
  expect(value).toBe(7);
  expect(lines).toEqual(['Observe: 12 objects (N s)']);
});

test('a phase that throws is shown, and its error goes on', async () => {
  const { progress, lines } = recorder();
  const failing = progress.phase('Observe', () => Promise.reject(new Error('no cluster')));
  await expect(failing).rejects.toThrow('no cluster');
  expect(lines).toEqual(['Observe: did not succeed (N s)']);
});
