import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHistory } from './read-history.ts';

const header =
  '{"type":"header","schemaVersion":1,"workload":"round trip","seed":1,"startedAt":"2026-11-01T00:00:00Z","collection":"mc_1"}';
const operation =
  '{"type":"operation","id":1,"call":"flush","step":"flush","request":{},"calledAt":1,"returnedAt":2,"outcome":{"state":"ok","value":{}}}';
const whole = `${header}\n${operation}\n{"type":"end","at":3}\n`;

test('a whole file is complete', () => {
  expect(readHistory(whole)).toMatchObject({ complete: true, operations: [{ step: 'flush' }] });
});

test('cut anywhere after its header, it reads as what was whole, and not as complete', () => {
  fc.assert(
    fc.property(fc.integer({ min: header.length + 1, max: whole.length - 1 }), (length) => {
      const history = readHistory(whole.slice(0, length));
      expect(history.complete).toBe(false);
      expect(history.operations.length).toBe(length > header.length + operation.length + 1 ? 1 : 0);
    }),
  );
});

test('a line in the middle that is broken is an error that names it', () => {
  expect(() => readHistory(`${header}\n${operation.slice(0, 40)}\n${operation}\n`)).toThrow(
    /line 2 is not JSON/,
  );
  const odd = operation.replace('"state":"ok"', '"state":"fine"');
  expect(() => readHistory(`${header}\n${odd}\n`)).toThrow(/line 2: outcome/);
  expect(() => readHistory(`${whole}${operation}\n`)).toThrow(/line 3: end is out of place/);
});

test('a file without a header is an error', () => {
  expect(() => readHistory('')).toThrow(/has no header/);
  expect(() => readHistory(`${operation}\n`)).toThrow(/has no header/);
});
