import { expect, test } from 'vitest';
import { UsageError } from '../../engine/usage-error.ts';
import { parseOptions } from './file.ts';

test('an options file gives its options', () => {
  const text = `
namespace: milvus
only: [STO, WAL-010]
skip: HLT
readOnly: true
embedded: kafka
wal: { requireClaim: always }
waivers:
  - code: STO-010
    subject: Store/log
    reason: the broker is another team's
    expires: 2027-01-31
`;
  expect(parseOptions('milvus-conformance.yaml', text)).toEqual({
    namespace: 'milvus',
    only: ['STO', 'WAL-010'],
    skip: ['HLT'],
    readOnly: true,
    embedded: 'kafka',
    wal: { requireClaim: 'always' },
    waivers: [
      {
        code: 'STO-010',
        subject: 'Store/log',
        reason: "the broker is another team's",
        expires: '2027-01-31',
      },
    ],
  });
});

test('an empty options file has no options', () => {
  expect(parseOptions('x.yaml', '# nothing yet\n')).toEqual({});
});

const waiver = 'waivers:\n  - code: STO-010\n    subject: Store/log\n';

test.each([
  [
    'namespace: a\nnamespce: b\n',
    "x.yaml:2:1: unknown key 'namespce'; expected embedded, manifest, from, kubeconfig, context, namespace, instance, out, only, skip, readOnly, thorough, waivers, wal. Did you mean 'namespace'?",
  ],
  [
    'read-only: true\n',
    "x.yaml:1:1: unknown key 'read-only'; expected embedded, manifest, from, kubeconfig, context, namespace, instance, out, only, skip, readOnly, thorough, waivers, wal. Did you mean 'readOnly'?",
  ],
  ['readOnly: "yes"\n', 'x.yaml:1:11: \'readOnly\' is "yes"; expected true or false'],
  ['namespace: 7\n', "x.yaml:1:12: 'namespace' is 7; expected a text"],
  ["namespace: ''\n", 'x.yaml:1:12: \'namespace\' is ""; expected a text that is not empty'],
  [
    'embedded: wood\n',
    'x.yaml:1:11: \'embedded\' is "wood"; expected true or one of woodpecker, woodpecker-service, kafka, pulsar, standalone, pulsar-2.5, kafka-2.3',
  ],
  [
    'wal: { requireClaim: sometimes }\n',
    'x.yaml:1:22: \'wal.requireClaim\' is "sometimes"; expected configuration or always',
  ],
  ['wal:\n  claim: always\n', "x.yaml:2:3: unknown key 'claim'; expected requireClaim."],
  [waiver, "x.yaml:2:5: 'waivers.0.reason' is missing; expected a text"],
  [
    `${waiver.replace('STO-010', 'STO-011')}    reason: r\n`,
    "x.yaml:2:11: 'waivers.0.code' is \"STO-011\"; expected the code of a check, such as CFG-010. Did you mean 'STO-010'?",
  ],
  [
    `${waiver}    reason: r\n    expires: soon\n`,
    'x.yaml:5:14: \'waivers.0.expires\' is "soon"; expected a date such as 2027-01-31',
  ],
  [
    `${waiver}    reason: r\n    until: 2027-01-31\n`,
    "x.yaml:5:5: unknown key 'until'; expected code, subject, reason, expires, maxSeconds.",
  ],
  [
    'token: root:Milvus\n',
    "x.yaml:1:1: 'token' is not read from a file; expected Milvus credentials only in the environment, MILVUS_CONFORMANCE_TOKEN=user:password",
  ],
  ['- 1\n', 'x.yaml:1:1: the file is [1]; expected keys and values'],
  ['a: b: c\n', 'x.yaml:1:4: Nested mappings are not allowed in compact mappings; expected valid YAML'],
])('%j is refused with the place, the value and what was expected', (text, message) => {
  expect(() => parseOptions('x.yaml', text)).toThrow(new UsageError(message));
});

test('of several mistakes the first in the file is told', () => {
  expect(() => parseOptions('x.yaml', 'wal: { requireClaim: never }\nnamespce: x\n')).toThrow(
    /^x\.yaml:1:22: /,
  );
});
