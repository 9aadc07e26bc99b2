import { expect, test } from 'vitest';
import { untilRight } from './until-right.ts';

/** A clock that goes on by 10 ms with each look at it, and what was said meanwhile. */
function world() {
  let now = 0;
  const said: string[] = [];
  const recorder = {
    now() {
      now += 10;
      return now;
    },
  };
  const { signal } = new AbortController();
  return { recorder, signal, progress: (text: string) => said.push(text), said };
}

const asked = { forMs: 30, budgetMs: 300, lookEveryMs: 1 };

test('what is right only for a moment does not end the wait: it begins again', async () => {
  const looks = [undefined, 'search is not right'];
  const turns: boolean[] = [];
  const place = world();
  const onTurn = (isRight: boolean) => turns.push(isRight);
  expect(await untilRight(() => looks.shift(), { ...asked, onTurn }, place)).toBeUndefined();
  expect(turns).toEqual([true, false, true]);
  expect(place.said).toContain('search is not right');
});

test('where it never is, what is not right is told', async () => {
  expect(await untilRight(async () => 'insert is not right', asked, world())).toBe('insert is not right');
});

test('where it is not so for long enough, that is told', async () => {
  const late = await untilRight(() => undefined, { ...asked, forMs: 1000 }, world());
  expect(late).toBe('it was not so for long enough');
});

test('a run that is cut short waits no longer', async () => {
  const place = { ...world(), signal: AbortSignal.abort(new Error('cut short')) };
  await expect(untilRight(() => 'not right', asked, place)).rejects.toThrow('aborted');
});
