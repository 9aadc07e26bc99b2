import type { Statement } from '../statement.ts';

/** What `gate --thorough` tries besides, each on a collection of its own. */
export const scenarioStatements = {
  'RTP-210': {
    title: 'An upsert leaves one row of a key, with the values written last.',
    severity: 'fail',
    needs: 'history',
    why: 'An upsert is a delete and an insert: where one half is lost, `count(*)` grows, or a row goes back to what it was (milvus#40207, milvus#41570).',
    remedy:
      'DUPLICATE: compare `count(*)` with the number of keys, and compact. ROLLED_BACK: the newest write is lost; keep the run’s folder and report it.',
    source: 'milvus#40207, milvus#41570',
  },
  'RTP-215': {
    title: 'Rows that a filter deletes are gone, and no others.',
    severity: 'fail',
    needs: 'history',
    why: 'A delete by filter is a query and a delete by key: a row that the query does not see stays, and users find it.',
    remedy: 'Delete the rows that the finding names by their keys, and report it with the run’s folder.',
    source: 'milvus#37782',
  },
  'RTP-220': {
    title: 'Text keys of any alphabet and length are kept apart.',
    severity: 'fail',
    needs: 'history',
    why: 'A text key is hashed to its shard and compared in every delete: one that is cut or changed on the way is another key.',
    remedy: 'Compare the keys that the finding names: their length in bytes, and the characters in them.',
  },
  'RTP-225': {
    title: 'A key that Milvus makes is the key of the row that it was answered for.',
    severity: 'fail',
    needs: 'history',
    why: 'A client keeps the answered keys to read, write over and delete its rows later.',
    remedy: 'Read the rows that the finding names by another field, and compare their keys.',
  },
  'RTP-230': {
    title: 'Rows are in the partition they were written to.',
    severity: 'fail',
    needs: 'history',
    why: 'Partitions separate data: a read of one must see all of its rows and no row of another.',
    remedy: 'Compare `count(*)` of each partition with what was written to it.',
  },
  'RTP-235': {
    title: 'Rows of each partition key are found by it.',
    severity: 'fail',
    needs: 'history',
    why: 'A filter on the partition key reads only the partitions that its values hash to: a row in the wrong one is never seen.',
    remedy:
      'Query the rows that the finding names by their primary key: a row that is there was put into the wrong partition.',
  },
  'RTP-240': {
    title: 'Nulls, defaults and dynamic fields come back as they were written.',
    severity: 'fail',
    needs: 'history',
    why: 'What a row leaves out is filled in by Milvus, and filled in again when a segment is written and read.',
    remedy: 'Compare the row before and after a flush: the finding says at which step it changed.',
  },
  'RTP-250': {
    title: 'Each scalar type keeps its values, and filters on it mean what they say.',
    severity: 'fail',
    needs: 'history',
    why: 'A filter that is wrong at its border, or beyond 53 bits, gives an answer that looks right.',
    remedy: 'The finding names the filter and the rows; report it with the version of Milvus.',
  },
  'RTP-255': {
    title: 'Arrays and JSON keep their values, and filters see into them.',
    severity: 'fail',
    needs: 'history',
    why: 'Values inside values are read by other code than plain columns, growing and flushed.',
    remedy: 'The finding names the filter and the rows; report it with the version of Milvus.',
  },
  'RTP-260': {
    title: 'Each kind of index finds what it must.',
    severity: 'fail',
    needs: 'history',
    why: 'An index that was built wrong answers quickly, with full lists of the wrong rows: only brute force over the same rows shows it. FLAT must be exact; the others have a floor far under what they reach with parameters this wide.',
    remedy:
      'LOW_RECALL: build the index again and compare. A floor that is missed after a restart only points at index files that were not read back.',
    source: 'milvus#37364',
  },
  'RTP-265': {
    title: 'A range search gives the nearest rows between its two bounds.',
    severity: 'fail',
    needs: 'history',
    why: 'Bounds that are swapped, left out, or applied after the cut to k rows give answers that look right.',
    remedy: 'The finding names the search and its bounds; report it with the version of Milvus.',
  },
  'RTP-270': {
    title: 'A grouping search gives the nearest row of each group, each group once.',
    severity: 'fail',
    needs: 'history',
    why: 'A group that is there twice pushes another one out, and the page of results that a user sees is wrong.',
    remedy: 'The finding names the search; report it with the version of Milvus.',
  },
  'RTP-272': {
    title: 'A hybrid search ranks the hits of all its searches.',
    severity: 'fail',
    needs: 'history',
    why: 'Each search is right by itself, and the list that a user sees is made of all of them: one that is left out, or ranked by another order, gives an answer that looks right.',
    remedy:
      'The finding names the search; run each field’s search by itself and compare. Report it with the version of Milvus.',
    source: 'milvus, internal/util/function/rerank/rrf_function.go',
  },
  'RTP-274': {
    title: 'A full-text search finds the rows with its words, and those with all of them first.',
    severity: 'fail',
    needs: 'history',
    why: 'Milvus makes the vectors of full-text search itself, and counts words over all segments: rows that were not counted, or are counted still, change what is found and in which order.',
    remedy:
      'Query the rows that the finding names by their keys and look at their text. Report it with the version of Milvus.',
  },
  'RTP-275': {
    title: 'More rows than one answer may hold can be read in pages by key.',
    severity: 'fail',
    needs: 'history',
    why: 'An answer holds 16,384 rows at most, so that exports and iterators read in pages: a row that falls between two of them is lost to the reader.',
    remedy:
      'Read the rows that the finding names by their keys: those that are there were left out of a page.',
    source: 'milvus#33774',
  },
  'RTP-280': {
    title: 'Binary vectors keep every bit, and are found at their exact distance.',
    severity: 'fail',
    needs: 'history',
    why: 'They have their own index and distance code.',
    remedy: 'The finding names the rows or the search; report it with the version of Milvus.',
  },
  'RTP-285': {
    title: 'Sparse vectors keep every entry, and are found at their exact score.',
    severity: 'fail',
    needs: 'history',
    why: 'They have their own index, and an entry that is lost changes the order of every answer.',
    remedy: 'The finding names the rows or the search; report it with the version of Milvus.',
  },
  'RTP-300': {
    title: 'Reads at each consistency level see what that level promises.',
    severity: 'fail',
    needs: 'history',
    why: 'Strong must see every write that was acknowledged before it; Bounded, Session and Eventually may lag by seconds, and must then agree (milvus#43507).',
    remedy:
      'LOST at Strong: the proxy does not wait for the query nodes’ time; look at clock differences between nodes and at `time tick` delays in their logs.',
    source: 'milvus#43507',
  },
  'RTP-310': {
    title: 'Rows are the same growing, sealed, loaded again and compacted.',
    severity: 'fail',
    needs: 'history',
    why: 'Each of these moves a row from one place to another: it can be lost, doubled or come back on the way (milvus#38284, milvus#41521, milvus#39131).',
    remedy:
      'The finding says after which step the rows differed. LOST after a load: look at the query nodes’ log at that time. RESURRECTED: compact, and query again.',
    source: 'milvus#38284, milvus#41521, milvus#39131',
  },
  'RTP-320': {
    title: 'What one client wrote another sees at once.',
    severity: 'fail',
    needs: 'history',
    why: 'Services write with one client and read with another; with Strong there is no moment in between.',
    remedy: 'Look at clock differences between nodes and at `time tick` delays in the proxies’ logs.',
  },
  'RTP-325': {
    title: 'What was written through one proxy is seen through each.',
    severity: 'fail',
    needs: 'history',
    why: 'Each proxy keeps collections and leaders in a cache of its own; one that is stale refuses or misses what the others serve (milvus#47806).',
    remedy: 'Restart the proxy pod that the finding’s operations went through, and report it.',
    source: 'milvus#47806',
  },
  'RTP-330': {
    title: 'Values at their limits are kept, and what is beyond them is refused and not stored.',
    severity: 'fail',
    needs: 'history',
    why: 'NaN in a vector poisons every distance; a text that is cut, or a batch of which half is stored, is corruption that no error told of.',
    remedy: 'NOT_REFUSED: check such values before they are sent, and report it with the version of Milvus.',
  },
  'RTP-335': {
    title: 'A collection is the same by its alias, and the alias can be moved to another.',
    severity: 'fail',
    needs: 'history',
    why: 'Services name an alias so that the collection behind it can be exchanged: each proxy keeps in a cache what it stands for, and one that did not learn of the move reads the old rows.',
    remedy:
      'Read the rows that the finding names by the collection’s own name; restart a proxy that differs.',
  },
  'RTP-340': {
    title: 'Collections of one name in two databases are kept apart.',
    severity: 'fail',
    needs: 'history',
    why: 'Databases separate tenants: a row that is read in another database is a leak, and one written to it is lost to its owner.',
    remedy:
      'Read the rows that the finding names in both databases. Look at whether something between client and proxy drops gRPC metadata: the database is named there (`dbname`).',
  },
  'RTP-345': {
    title: 'Calls of many megabytes are kept whole.',
    severity: 'fail',
    needs: 'history',
    why: 'A call near the size that gRPC allows is more than the log takes in one message: Milvus takes it apart, and each part can be refused or lost by itself.',
    remedy:
      'Compare `proxy.grpc.serverMaxRecvSize` with the largest message of the log: `pulsar.maxMessageSize`, or `message.max.bytes` of Kafka. Until then, send smaller batches.',
  },
} as const satisfies Record<string, Statement>;
