import type { Evidence } from '../../helpers/engine/context.ts';
import type { Answer, Endpoints, MilvusServer } from '../../helpers/topology/observation.ts';
import type { Finding, Subject } from '../../helpers/verdict/finding.ts';
import { inconclusive, skipped } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject } from '../../helpers/verdict/subjects.ts';

/** What the Milvus API said, judged; that it said nothing is inconclusive. */
export function milvusServer(
  { topology, observation }: Evidence,
  judge: (server: MilvusServer, subject: Subject) => Finding,
): readonly Finding[] {
  const subject = instanceSubject(topology.instance);
  return [
    answered(observation.endpoints?.milvus, subject, 'The Milvus API', (server) => judge(server, subject)),
  ];
}

/** Judges an answer. None is inconclusive with the error; not asked is skipped with the reason. */
export function answered<T>(
  answer: Answer<T> | undefined,
  subject: Subject,
  whom: string,
  judge: (value: T) => Finding,
): Finding {
  switch (answer?.state) {
    case 'answered':
      return judge(answer.value);
    case 'failed':
      return inconclusive(subject, `${whom} did not answer: ${answer.error}`, 'An answer.');
    case 'unasked':
      return skipped(subject, `${whom} was not asked: ${answer.reason}`);
    case undefined:
      return inconclusive(subject, `${whom} was not asked.`, 'An answer.');
  }
}

/** The endpoints' answers; a check that needs them is skipped before this where there are none. */
export function endpointsOf({ observation }: Evidence): Endpoints {
  if (observation.endpoints === undefined) throw new Error('this observation has no endpoints');
  return observation.endpoints;
}
