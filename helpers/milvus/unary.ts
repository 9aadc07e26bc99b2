import type { Metadata } from '@grpc/grpc-js';
import type { MilvusTarget } from './target.ts';

type Answered = (error: Error | null, answer: unknown) => void;

/**
 * One gRPC call, cancelled when the signal is aborted; `start` sends it.
 *
 * @throws the gRPC error
 */
export function unary(
  signal: AbortSignal,
  start: (answered: Answered) => { cancel(): void },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = start((error, answer) => {
      signal.removeEventListener('abort', cancel);
      if (error === null) resolve(answer);
      else reject(error);
    });
    const cancel = () => call.cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
}

/** What each call to the target carries: its token and its database. */
export async function metadataOf({ token, database }: MilvusTarget): Promise<Metadata> {
  const grpc = await import('@grpc/grpc-js');
  const metadata = new grpc.Metadata();
  if (token !== undefined) metadata.set('authorization', Buffer.from(token, 'utf8').toString('base64'));
  if (database !== undefined) metadata.set('dbname', database);
  return metadata;
}
