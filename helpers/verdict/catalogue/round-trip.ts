import type { Statement } from '../statement.ts';
import { scenarioStatements } from './scenarios.ts';

/** The first writes and reads through the API, judged against an exact expected answer. */
export const roundTrip = {
  'RTP-010': {
    title: 'A collection can be created.',
    severity: 'fail',
    needs: 'history',
    why: 'Creating one goes through the proxy, the coordinator, etcd and the log: where it fails, nothing else can work.',
    remedy:
      'The server’s own answer is in the finding. Look at the coordinator’s and the proxy’s log at that time.',
  },
  'RTP-020': {
    title: 'Inserted rows are acknowledged, all of them.',
    severity: 'fail',
    needs: 'history',
    why: 'An insert that is refused or hangs means that the log does not take writes (milvus#38589); a count that differs means a part of the batch was lost.',
    remedy:
      'Look at the log’s health first (its pods, its disk), then at quota states: `time tick long delay` and `memory quota exceeded` are denials, not losses.',
    source: 'milvus#38589, milvus#43356',
  },
  'RTP-030': {
    title: 'Inserted rows are flushed to object storage in time.',
    severity: 'fail',
    needs: 'history',
    why: 'A flush that hangs leaves the rows in the log only (milvus#33153), and the log grows.',
    remedy: 'Look at the data node’s and streaming node’s log, and whether the bucket can be written.',
    source: 'milvus#33153, milvus#36709',
  },
  'RTP-040': {
    title: 'An index is built.',
    severity: 'fail',
    needs: 'history',
    why: 'Index building runs on the data nodes (index nodes before 2.6) and writes to object storage: where it stalls, loading stalls too.',
    remedy: 'Look at the pods that build indexes and their memory.',
  },
  'RTP-050': {
    title: 'The collection is loaded.',
    severity: 'fail',
    needs: 'history',
    why: 'Nothing can be searched before it is in the query nodes’ memory; a load that stalls is often a query node out of memory or disk (milvus#38288).',
    remedy: 'Look at the query nodes: memory limit, disk, and their log for `load segment failed`.',
    source: 'milvus#38288, milvus#34531',
  },
  'RTP-060': {
    title: 'A search gives the exact answer.',
    severity: 'fail',
    needs: 'history',
    why: 'An answer with code Success can be short, empty or wrong. It is compared with brute force over the rows that were written: the same keys, in the same order, at the same distances (milvus#32449).',
    remedy:
      'Search again: an answer that becomes right was given by a query node that had not loaded all segments. One that stays wrong is a defect to report with the finding.',
    source: 'milvus#32449, milvus#37364',
  },
  'RTP-070': {
    title: 'A query by key gives the rows that were written.',
    severity: 'fail',
    needs: 'history',
    why: 'Durability is judged by key, not by similarity: each row that was acknowledged must be there, with the values that were written.',
    remedy:
      'Rows that are missing after an acknowledged insert are lost: keep the run’s folder and report it.',
    source: 'milvus#41904, milvus#45088',
  },
  'RTP-080': {
    title: 'The count is the number of rows written.',
    severity: 'fail',
    needs: 'history',
    why: 'A count above it means duplicates, which searches hide (milvus#40207); one below it means rows are gone.',
    remedy: 'Compare with the query by key: keys that are there twice are duplicates of a replayed log.',
    source: 'milvus#40207, milvus#33774',
  },
  'RTP-090': {
    title: 'A deleted row is seen by no later read.',
    severity: 'fail',
    needs: 'history',
    why: 'A row that comes back after its deletion was acknowledged is wrong data, and often found by users first (milvus#37782).',
    remedy:
      'Query with consistency Strong; a row that is still there is a defect to report with the finding.',
    source: 'milvus#37782, milvus#33015',
  },
  'RTP-100': {
    title: 'The collection is dropped, and nothing of the run is left.',
    severity: 'fail',
    needs: 'history',
    why: 'What a gate leaves behind costs memory on every deploy, and the next run could find it.',
    remedy: 'Drop the collection that the finding names.',
  },
  ...scenarioStatements,
} as const satisfies Record<string, Statement>;
