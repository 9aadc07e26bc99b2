import { beforeAll, expect, test } from 'vitest';
import { ControlPlane } from '../../fixtures/broken/control-plane.ts';
import { layoutObjects } from '../../fixtures/layouts/layouts.ts';
import type { Answer, EtcdMember, Observation } from '../../helpers/topology/observation.ts';
import type { Code } from '../../helpers/verdict/catalogue.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';
import { findingsOf } from '../testing/evidence.ts';
import { etcdMember, withEndpoints } from '../testing/running.ts';
import etcd from './etcd.test.ts';

let observation: Observation;

beforeAll(async () => {
  using plane = new ControlPlane('milvus');
  plane.apply(layoutObjects('woodpecker'));
  await plane.settle();
  observation = plane.observe();
});

type View = Partial<EtcdMember> | 'no answer';

/** `outcome subject: observed` of one check, for what each of three members answers. */
function judged(code: Code, views: readonly View[]): readonly string[] {
  const answers = views.map((view, ordinal): readonly [string, Answer<EtcdMember>] => [
    `my-release-etcd-${ordinal}`,
    view === 'no answer'
      ? { state: 'failed', error: 'connect ECONNREFUSED' }
      : { state: 'answered', value: etcdMember(view) },
  ]);
  const evidence = evidenceOf(withEndpoints(observation, { etcd: Object.fromEntries(answers) }));
  return findingsOf(code, etcd, evidence).map(
    ({ outcome, subject, observed }) => `${outcome} ${subject.name}: ${observed}`,
  );
}

const silentMember = 'inconclusive my-release-etcd-2: This etcd member did not answer: connect ECONNREFUSED';

test.each<[Code, readonly View[], readonly string[]]>([
  ['HLT-210', [{}, {}, {}], ['pass my-release-etcd: 3 members (etcd-0, etcd-1, etcd-2), 3 replicas.']],
  [
    'HLT-210',
    [{}, {}, { members: ['etcd-0', 'etcd-1'] }],
    ['fail my-release-etcd: 3 or 2 members (etcd-0, etcd-1, etcd-2), 3 replicas.'],
  ],
  [
    'HLT-210',
    [{ members: ['etcd-0', 'etcd-1', 'etcd-2', 'etcd-9'] }],
    ['fail my-release-etcd: 4 members (etcd-0, etcd-1, etcd-2, etcd-9), 3 replicas.'],
  ],
  ['HLT-220', [{}, {}, {}], ['pass my-release-etcd: All 3 that answered follow leader 1.']],
  [
    'HLT-220',
    [{}, {}, 'no answer'],
    ['pass my-release-etcd: All 2 that answered follow leader 1.', silentMember],
  ],
  ['HLT-220', [{}, { leaderId: '2' }, {}], ['fail my-release-etcd: Its members follow 2 different leaders.']],
  ['HLT-220', [{}, {}, { leaderId: '0' }], ['fail my-release-etcd: 1 of 3 members have no leader.']],
  [
    'HLT-220',
    [{}, {}, { clusterId: '11' }],
    ['fail my-release-etcd: Its members are of 2 different clusters.'],
  ],
  ['HLT-230', [{}, {}, { alarms: ['NOSPACE'] }], ['fail my-release-etcd: Alarm NOSPACE.']],
  [
    'HLT-230',
    ['no answer', 'no answer', 'no answer'],
    [0, 1, 2].map(
      (ordinal) =>
        `inconclusive my-release-etcd-${ordinal}: This etcd member did not answer: connect ECONNREFUSED`,
    ),
  ],
])('%s of %j', (code, views, expected) => {
  expect(judged(code, views)).toEqual(expected);
});

test('the database is held against the quota that its container states', () => {
  const quota = /ETCD_QUOTA_BACKEND_BYTES/.test(JSON.stringify(observation.objects.StatefulSet))
    ? '4096 MiB'
    : '2048 MiB';
  const bytes = 3.9 * 2 ** 30;
  expect(judged('HLT-240', [{ databaseSize: bytes }, {}, {}])).toEqual([
    expect.stringMatching(
      new RegExp(`^fail my-release-etcd-0: Its database has 3994 MiB of ${quota} \\(\\d+ %\\)\\.$`),
    ),
    expect.stringMatching(/^pass my-release-etcd-1: /),
    expect.stringMatching(/^pass my-release-etcd-2: /),
  ]);
});
