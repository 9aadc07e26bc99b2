import { expect, test } from 'vitest';
import { openEach } from './open-each.ts';

function recorded() {
  const closed: number[] = [];
  const open = async (number: number) => {
    if (number > 3) throw new Error(`${number} cannot be opened`);
    return { number, [Symbol.asyncDispose]: async () => void closed.push(number) };
  };
  return { closed, open };
}

test('all are open until it is disposed, and closed in reverse order', async () => {
  const { closed, open } = recorded();
  {
    await using opened = await openEach([1, 2, 3], open);
    expect(opened.each.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(closed).toEqual([]);
  }
  expect(closed).toEqual([3, 2, 1]);
});

test('one that cannot be opened closes those before it', async () => {
  const { closed, open } = recorded();
  await expect(openEach([1, 2, 4], open)).rejects.toThrow('4 cannot be opened');
  expect(closed).toEqual([2, 1]);
});
