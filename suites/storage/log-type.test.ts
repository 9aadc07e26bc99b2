import { suite } from '../../helpers/engine/suite.ts';
import { fail, inconclusive, pass } from '../../helpers/verdict/outcomes.ts';
import { instanceSubject } from '../../helpers/verdict/subjects.ts';
import { unreadableConfiguration } from './scope.ts';

export default suite('WAL', {
  'WAL-010': (evidence) => {
    const unreadable = unreadableConfiguration(evidence);
    if (unreadable !== undefined) return [unreadable];
    const { topology } = evidence;
    const subject = instanceSubject(topology.instance);
    const expected = 'mq.type: woodpecker, kafka, pulsar, rocksmq or natsmq.';
    const problem = topology.problems.find(({ about }) => about === 'log');
    if (problem !== undefined) {
      return [
        fail(subject, {
          observed: problem.detail,
          expected,
          evidence: [{ at: 'Configuration', text: topology.configuration.from }],
        }),
      ];
    }
    const store = topology.stores.find(({ role }) => role === 'log');
    if (topology.logType === undefined || store === undefined) {
      return [inconclusive(subject, 'Which log Milvus uses could not be told.', expected)];
    }
    return [pass(subject, `The log is ${topology.logType}: ${store.because}.`)];
  },
});
