import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { hitsOf, isCount, rowsOf } from '../../helpers/milvus/testing/answers.ts';
import type { Method } from '../../helpers/milvus/testing/milvus-model.ts';
import { countAnswer, rowsAnswer, searchAnswer } from '../../helpers/milvus/testing/milvus-model.ts';
import {
  type Alteration,
  GrpcFailure,
  startMilvusServer,
} from '../../helpers/milvus/testing/milvus-server.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import { deletedKeys, plan } from '../../helpers/workload/round-trip-plan.ts';
import { rowOf } from '../../helpers/workload/seeded.ts';
import { recordRoundTrip } from '../../helpers/workload/testing/record-round-trip.ts';
import { codesWith, judgeHistory } from './testing/judge-history.ts';

interface Misbehaviour {
  readonly name: string;
  readonly server: Partial<Record<Method, Alteration>>;
  readonly code: Code;
  /** What the finding must say. */
  readonly says: RegExp;
}

const refused = (code: number, reason: string) => () => ({ status: { code, reason }, code, reason });

/** Each is caught by exactly this code. */
const misbehaviours: readonly Misbehaviour[] = [
  {
    name: 'refuses to create a collection',
    server: { CreateCollection: () => ({ error_code: 'UnexpectedError', code: 65535, reason: 'no space' }) },
    code: 'RTP-010',
    says: /MILVUS_65535: no space/,
  },
  {
    name: 'reports a failure by name only, as before 2.3',
    server: { CreateCollection: () => ({ error_code: 'MetaFailed', code: 0, reason: 'etcd is away' }) },
    code: 'RTP-010',
    says: /MetaFailed: etcd is away/,
  },
  {
    name: 'lacks the method',
    server: {
      CreateCollection: () => {
        throw new GrpcFailure(status.UNIMPLEMENTED, 'unknown method');
      },
    },
    code: 'RTP-010',
    says: /UNIMPLEMENTED/,
  },
  {
    name: 'denies writes by quota',
    server: { Insert: refused(9, 'quota exceeded') },
    code: 'RTP-020',
    says: /MILVUS_9: quota exceeded/,
  },
  {
    name: 'acknowledges a part of a batch',
    server: { Insert: (answer) => ({ ...answer, insert_cnt: '299' }) },
    code: 'RTP-020',
    says: /299 rows of the 300/,
  },
  {
    name: 'refuses to flush',
    server: { Flush: refused(65535, 'the bucket is gone') },
    code: 'RTP-030',
    says: /the bucket is gone/,
  },
  {
    name: 'refuses to build an index',
    server: { CreateIndex: refused(65535, 'no index node') },
    code: 'RTP-040',
    says: /no index node/,
  },
  {
    name: 'refuses to load',
    server: { LoadCollection: refused(3, 'memory limit exceeded') },
    code: 'RTP-050',
    says: /memory limit exceeded/,
  },
  {
    name: 'answers empty with code 0',
    server: { Search: () => searchAnswer([]) },
    code: 'RTP-060',
    says: /SHORT: 18 of 18 searches/,
  },
  {
    name: 'returns k - 1 hits',
    server: { Search: (answer) => searchAnswer(hitsOf(answer).slice(0, -1)) },
    code: 'RTP-060',
    says: /SHORT.*9 hits instead of 10/,
  },
  {
    name: 'swaps two results',
    server: {
      Search: (answer) => {
        const [first, second, ...rest] = hitsOf(answer);
        return first === undefined || second === undefined ? answer : searchAnswer([second, first, ...rest]);
      },
    },
    code: 'RTP-060',
    says: /WRONG_ORDER/,
  },
  {
    name: 'gives distances that are stale',
    server: {
      Search: (answer) => searchAnswer(hitsOf(answer).map(([key, distance]) => [key, distance + 1])),
    },
    code: 'RTP-060',
    says: /WRONG_DISTANCE/,
  },
  {
    name: 'misses the nearest row',
    server: { Search: (answer) => searchAnswer([...hitsOf(answer).slice(1), [3, 99]]) },
    code: 'RTP-060',
    says: /WRONG_ROW/,
  },
  {
    name: 'fails to search',
    server: { Search: refused(503, 'channel not available') },
    code: 'RTP-060',
    says: /MILVUS_503/,
  },
  {
    name: 'drops an acknowledged batch',
    server: {
      Insert: (answer, _request, state) => {
        for (let key = 301; key <= 600; key += 1) state.rows.delete(key);
        return answer;
      },
    },
    code: 'RTP-070',
    says: /LOST: 300 rows acknowledged, and not there: 301-600\./,
  },
  {
    name: 'forgets growing data on load',
    server: {
      LoadCollection: (answer, _request, state) => {
        state.rows.clear();
        return answer;
      },
    },
    code: 'RTP-070',
    says: /LOST: 1200 rows/,
  },
  {
    name: 'tears a row',
    server: {
      LoadCollection: (answer, _request, state) => {
        const row = state.rows.get(150);
        if (row !== undefined) state.rows.set(150, { ...row, vector: row.vector.map((x) => x / 2) });
        return answer;
      },
    },
    code: 'RTP-070',
    says: /TORN: 1 row there with other values than were written: 150\./,
  },
  {
    name: 'keeps two rows of a key',
    server: {
      Query: (answer) =>
        isCount(answer)
          ? answer
          : rowsAnswer(rowsOf(answer).flatMap((row) => (row.id === 7 ? [row, row] : row))),
    },
    code: 'RTP-070',
    says: /DUPLICATE: 1 row there more than once: 7\./,
  },
  {
    name: 'shows a row that was never written',
    server: {
      LoadCollection: (answer, _request, state) => {
        const row = state.rows.get(1);
        if (row !== undefined) state.rows.set(1201, { ...row, id: 1201 });
        return answer;
      },
    },
    code: 'RTP-070',
    says: /PHANTOM: 1 row there, and never written: 1201\./,
  },
  {
    name: 'counts a row twice',
    server: {
      Query: (answer, _request, state) => (isCount(answer) ? countAnswer(state.rows.size + 1) : answer),
    },
    code: 'RTP-080',
    says: /count\(\*\) says 1201 \(count\), 1 too many/,
  },
  {
    name: 'acknowledges a delete and keeps the rows',
    server: {
      Delete: (answer, _request, state) => {
        for (const key of deletedKeys) state.rows.set(key, rowOf(42, key, plan.dimension));
        return answer;
      },
    },
    code: 'RTP-090',
    says: /RESURRECTED: 120 rows/,
  },
  {
    name: 'finds deleted rows by search only',
    server: {
      Search: (answer, _request, state) =>
        state.rows.has(10) ? answer : searchAnswer([[10, 0], ...hitsOf(answer).slice(0, -1)]),
    },
    code: 'RTP-090',
    says: /RESURRECTED: 1 row seen after the deletion was acknowledged: 10/,
  },
  {
    name: 'refuses to delete',
    server: { Delete: refused(65535, 'deny to write') },
    code: 'RTP-090',
    says: /deny to write/,
  },
  {
    name: 'acknowledges a drop and keeps the collection',
    server: {
      DropCollection: (answer, _request, state) => {
        state.collection = { name: 'mc_test_1_roundtrip', consistency: 'Strong' };
        return answer;
      },
    },
    code: 'RTP-100',
    says: /still listed/,
  },
];

test('a correct server passes every check', async () => {
  await using server = await startMilvusServer();
  const history = await recordRoundTrip(server);
  expect(codesWith('pass', judgeHistory(history))).toHaveLength(10);
});

test.for(misbehaviours)('a server that $name fails $code alone', async ({ server: altered, code, says }) => {
  await using server = await startMilvusServer(altered);
  const findings = judgeHistory(await recordRoundTrip(server));
  expect(codesWith('fail', findings)).toEqual([code]);
  const text = findings
    .filter((finding) => finding.code === code)
    .map((finding) => finding.observed)
    .join('\n');
  expect(text).toMatch(says);
});
