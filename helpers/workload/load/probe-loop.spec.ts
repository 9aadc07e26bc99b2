import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ProbeLoop } from './probe-loop.ts';

test('a server that hangs is asked all the same, only less often than one that answers', async () => {
  const pending: (() => void)[] = [];
  const call = () => new Promise<void>((resolve) => pending.push(resolve));
  const loop = new ProbeLoop(call, { everyMs: 5, startAfterMs: 0 });
  await expect.poll(() => pending.length, { timeout: 10_000 }).toBe(10);
  await sleep(100);
  expect(pending).toHaveLength(10);
  await expect.poll(() => pending.length, { timeout: 10_000 }).toBe(11);
  for (const resolve of pending.splice(0)) resolve();
  await expect.poll(() => pending.length, { timeout: 10_000 }).toBeGreaterThan(0);
  loop.halt();
  for (const resolve of pending) resolve();
  await loop.stop();
});

test('stop waits for the calls under way, and makes no more', async () => {
  let [made, returned] = [0, 0];
  const call = async () => {
    made += 1;
    await sleep(30);
    returned += 1;
  };
  const loop = new ProbeLoop(call, { everyMs: 10, startAfterMs: 0 });
  await expect.poll(() => made, { timeout: 10_000 }).toBeGreaterThan(1);
  await loop.stop();
  const total = made;
  expect(returned).toBe(total);
  await sleep(30);
  expect(made).toBe(total);
});

test('what no server did ends the loop and is thrown by stop', async () => {
  let made = 0;
  const call = async () => {
    made += 1;
    throw new Error('the disk is full');
  };
  const loop = new ProbeLoop(call, { everyMs: 5, startAfterMs: 0 });
  await sleep(40);
  await expect(loop.stop()).rejects.toThrow('the disk is full');
  expect(made).toBe(1);
});
