import * as grpc from '@grpc/grpc-js';
import { loadMilvusService } from '../helpers/milvus/service.ts';

/**
 * A server that takes inserts and looks at none, so that what is measured is the client; in a process of its own.
 * Argument: how many rows it acknowledges for each. Prints its address, and ends with its standard input.
 */
const rows = process.argv[2];
if (rows === undefined) throw new Error('usage: insert-sink.ts ROWS');

const status = { error_code: 'Success', code: 0, reason: '' };
const schema = {
  name: 'bench',
  fields: [
    { name: 'id', fieldID: '100', data_type: 'Int64', is_primary_key: true },
    { name: 'vector', fieldID: '101', data_type: 'FloatVector', type_params: [{ key: 'dim', value: '768' }] },
  ],
};
const { service } = await loadMilvusService();
const { Insert, DescribeCollection } = service;
if (Insert === undefined || DescribeCollection === undefined) throw new Error('The service has no Insert.');

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
server.addService(
  { Insert: { ...Insert, requestDeserialize: (bytes: Buffer) => bytes }, DescribeCollection },
  {
    Insert: (_call: unknown, answer: grpc.sendUnaryData<object>) =>
      answer(null, { status, insert_cnt: rows }),
    DescribeCollection: (_call: unknown, answer: grpc.sendUnaryData<object>) =>
      answer(null, { status, collection_name: 'bench', schema }),
  },
);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(`127.0.0.1:${port}`);
});
process.stdin.resume().on('end', () => server.forceShutdown());
