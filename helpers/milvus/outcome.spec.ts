import { expect, test } from 'vitest';
import { z } from 'zod';
import { failureAsDetails, failureInAnswer, outcomeOfAnswer, outcomeOfError } from './outcome.ts';

const inserted = z.object({ insert_cnt: z.coerce.number() });
const success = { error_code: 'Success', code: 0, reason: '' };

test('success is an answer that says so and has what was asked for', () => {
  expect(outcomeOfAnswer({ status: success, insert_cnt: '3' }, inserted)).toEqual({
    state: 'ok',
    value: { insert_cnt: 3 },
  });
  expect(outcomeOfAnswer(success, z.object({}))).toEqual({ state: 'ok', value: {} });
});

test.for([
  ['nothing', undefined],
  ['an empty answer', {}],
  ['an answer without its status', { insert_cnt: '3' }],
  ['success without the count', { status: success }],
])('no evidence of success: %s', ([, answer]) => {
  const schema = z.object({ insert_cnt: z.string() });
  expect(outcomeOfAnswer(answer, schema)).toMatchObject({ state: 'unknown', code: 'MALFORMED_ANSWER' });
});

test.for([
  [1100, 'fail'],
  [9, 'fail'],
  [11, 'fail'],
  [100, 'fail'],
  [1401, 'fail'],
  [1, 'unknown'],
  [5, 'unknown'],
  [503, 'unknown'],
  [10001, 'unknown'],
  [65535, 'unknown'],
] as const)('Milvus code %i is %s', ([code, state]) => {
  const outcome = outcomeOfAnswer({ status: { ...success, code, reason: 'why' } }, inserted);
  expect(outcome).toMatchObject({ state, code: `MILVUS_${code}`, message: 'why' });
});

test('a failure by name only, as servers before 2.3 report it', () => {
  const outcome = outcomeOfAnswer({ error_code: 'MetaFailed', reason: 'etcd' }, z.object({}));
  expect(outcome).toEqual({ state: 'unknown', code: 'MILVUS_MetaFailed', message: 'etcd', answered: true });
});

test.for([
  [3, 'INVALID_ARGUMENT', 'fail'],
  [7, 'PERMISSION_DENIED', 'fail'],
  [16, 'UNAUTHENTICATED', 'fail'],
  [12, 'UNIMPLEMENTED', 'fail'],
  [1, 'CANCELLED', 'unknown'],
  [2, 'UNKNOWN', 'unknown'],
  [4, 'DEADLINE_EXCEEDED', 'unknown'],
  [13, 'INTERNAL', 'unknown'],
  [14, 'UNAVAILABLE', 'unknown'],
] as const)('gRPC status %i, %s, is %s', ([code, name, state]) => {
  const error = Object.assign(new Error('text'), { code, details: 'the connection was cut' });
  expect(outcomeOfError(error)).toEqual({ state, code: name, message: 'the connection was cut' });
});

test('an error of the client itself is unknown, and no answer', () => {
  expect(outcomeOfError(new TypeError('x is undefined'))).toEqual({
    state: 'unknown',
    code: 'CLIENT_ERROR',
    message: 'x is undefined',
  });
});

test('a failure passes through the details of a gRPC status', () => {
  const failure = failureInAnswer({ status: { ...success, code: 9, reason: 'quota exceeded' } });
  if (failure === undefined) throw new Error('expected a failure');
  const error = Object.assign(new Error('text'), { code: 2, details: failureAsDetails(failure) });
  expect(outcomeOfError(error)).toEqual({ state: 'fail', code: 'MILVUS_9', message: 'quota exceeded' });
});
