import { startLoadServer } from '../helpers/workload/load/testing/load-server.ts';

/** A Milvus in memory, in a process of its own. Prints its address, and ends with its standard input. */
const server = await startLoadServer();
console.log(server.address);
process.stdin.resume().on('end', () => void server[Symbol.asyncDispose]());
