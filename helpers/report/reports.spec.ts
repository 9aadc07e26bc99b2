import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { junitXml } from './junit.ts';
import { resultsJson, resultsJsonSchema, resultsSchema, type CheckResult, type Results } from './results.ts';
import { summaryMarkdown } from './summary.ts';
import { terminalVerdict } from './terminal.ts';

const etcd = { kind: 'PersistentVolumeClaim', name: 'data-my-release-etcd-0' };

function check(code: string, over: Partial<CheckResult>): CheckResult {
  return {
    code,
    area: 'Storage',
    title: `What ${code} promises.`,
    severity: 'fail',
    outcome: 'pass',
    durationMs: 1.5,
    why: 'It matters.',
    remedy: 'Mend it.',
    findings: [],
    ...over,
  };
}

const results: Results = {
  schemaVersion: 1,
  tool: { name: 'milvus-conformance', version: '1.2.3' },
  run: {
    id: '20261125-101112-abcd',
    folder: 'reports/20261125-101112-abcd',
    startedAt: '2026-11-25T10:11:12.000Z',
    durationMs: 1234,
    complete: true,
    readOnly: false,
    seed: 42,
  },
  target: {
    source: { kind: 'embedded', layout: 'woodpecker', kubernetes: 'v1.34.4' },
    simulation: true,
    namespace: 'milvus',
    takenAt: '2026-11-25T10:11:13.000Z',
    instance: {
      name: 'my-release',
      managedBy: 'helm',
      mode: 'cluster',
      version: '2.6.2',
      logType: 'woodpecker',
    },
  },
  verdict: 'fail',
  exitCode: 1,
  counts: { pass: 1, warn: 1, fail: 1, inconclusive: 1, skipped: 1, waived: 1 },
  checks: [
    check('STO-110', {
      outcome: 'fail',
      findings: [
        {
          outcome: 'fail',
          subject: etcd,
          observed: 'Pending for 3 min: no class "fast" & none <default>.',
          expected: 'Bound.',
          evidence: [{ at: 'Event/x', text: 'storageclass "fast" not found ]]> \u0007' }],
          remedy: 'Make the class.',
        },
        { outcome: 'fail', subject: { ...etcd, name: 'data-my-release-etcd-1' }, observed: 'Pending | too.' },
      ],
    }),
    check('STO-120', {
      outcome: 'pass',
      findings: [{ outcome: 'pass', subject: etcd, observed: 'Bound.' }],
    }),
    check('HLT-080', {
      area: 'Health',
      outcome: 'skipped',
      findings: [
        {
          outcome: 'skipped',
          subject: { kind: 'Pod', name: 'my-release-etcd-0' },
          observed: 'Follows from STO-110.',
          followsFrom: { code: 'STO-110', subject: etcd },
        },
      ],
    }),
    check('HLT-140', {
      area: 'Health',
      outcome: 'inconclusive',
      findings: [
        { outcome: 'inconclusive', subject: { kind: 'Milvus', name: 'my-release' }, observed: 'No answer.' },
      ],
    }),
    check('CFG-040', {
      area: 'Configuration',
      severity: 'warn',
      outcome: 'warn',
      findings: [{ outcome: 'warn', subject: { kind: 'Store', name: 'object' }, observed: 'minioadmin.' }],
    }),
    check('CFG-050', {
      area: 'Configuration',
      severity: 'warn',
      outcome: 'waived',
      findings: [
        {
          outcome: 'waived',
          subject: { kind: 'Milvus', name: 'my-release' },
          observed: 'No authorization.',
          waiver: { reason: 'a test cluster', expires: '2027-01-31' },
        },
      ],
    }),
  ],
  ineffectiveWaivers: [
    { code: 'STO-130', subject: 'Store/log', reason: 'r', problem: 'It expired on 2026-01-01.' },
  ],
  notSelected: ['RTP-010'],
};

const stopped: Results = {
  ...results,
  run: { ...results.run, complete: false },
  verdict: 'inconclusive',
  exitCode: 4,
  problem: { kind: 'environment', message: 'Cannot reach the API server.' },
  counts: { pass: 0, warn: 0, fail: 0, inconclusive: 0, skipped: 0, waived: 0 },
  checks: [],
  ineffectiveWaivers: [],
};

/** Elements of a document in order, as `name attribute=value` lines, with the text directly inside. */
function elements(xml: string): { name: string; attributes: Record<string, string>; text: string }[] {
  const entity = (text: string) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const pattern = /<([a-z][\w-]*)((?:\s+[\w-]+="[^"]*")*)\s*\/?>((?:\s*<!\[CDATA\[[\s\S]*?\]\]>)*)/g;
  return [...xml.matchAll(pattern)].map(([, name = '', attributes = '', text = '']) => ({
    name,
    attributes: Object.fromEntries(
      [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, entity(value)]),
    ),
    text: text.replaceAll(/\s*<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1'),
  }));
}

test('junit.xml: one flat case a check, its outcome in the words that CI servers know', () => {
  const read = elements(junitXml(results));
  const named = (name: string) => read.filter((element) => element.name === name);
  expect(named('testsuite').map(({ attributes }) => attributes)).toMatchObject([
    { name: 'Storage', tests: '2', failures: '1', errors: '0', skipped: '0' },
    { name: 'Health', tests: '2', failures: '0', errors: '1', skipped: '1' },
    { name: 'Configuration', tests: '2', failures: '0', errors: '0', skipped: '0' },
  ]);
  const cases = named('testcase').map(
    ({ attributes }) => `${attributes['classname']} / ${attributes['name']}`,
  );
  expect(new Set(cases).size).toBe(6);
  expect(cases[0]).toBe('Storage / STO-110 What STO-110 promises.');
  expect(named('failure')).toEqual([
    {
      name: 'failure',
      attributes: {
        message: 'Pending for 3 min: no class "fast" & none <default>. (and 1 more)',
        type: 'fail',
      },
      text: `PersistentVolumeClaim/data-my-release-etcd-0: Pending for 3 min: no class "fast" & none <default>.
expected: Bound.
seen: Event/x: storageclass "fast" not found ]]>${' '}
what to do: Make the class.

PersistentVolumeClaim/data-my-release-etcd-1: Pending | too.
what to do: Mend it.`,
    },
  ]);
  expect(named('error').map(({ attributes }) => attributes)).toEqual([
    { message: 'No answer.', type: 'inconclusive' },
  ]);
  expect(named('skipped').map(({ attributes }) => attributes)).toEqual([
    { message: 'Follows from STO-110.' },
  ]);
  expect(named('system-out').map(({ text }) => text)).toEqual([
    'Store/object: minioadmin.\nwhat to do: Mend it.',
    'Milvus/my-release: No authorization.\nwaived: a test cluster (until 2027-01-31)\nwhat to do: Mend it.',
  ]);
  const properties = named('property')
    .slice(0, 7)
    .map(({ attributes }) => [attributes['name'], attributes['value']]);
  expect(Object.fromEntries(properties)).toEqual({
    run: '20261125-101112-abcd',
    namespace: 'milvus',
    instance: 'my-release',
    version: '2.6.2',
    seed: '42',
    complete: 'true',
    target:
      'my-release (Milvus 2.6.2, cluster, log in woodpecker) in namespace milvus, embedded cluster: a simulation (woodpecker)',
  });
});

test('junit.xml of a run that was stopped before any check holds an error, and is not an empty green file', () => {
  const read = elements(junitXml(stopped));
  expect(read.filter(({ name }) => name === 'testcase')).toHaveLength(1);
  expect(read.find(({ name }) => name === 'error')?.attributes).toEqual({
    message: 'Cannot reach the API server.',
    type: 'environment',
  });
});

test.each([
  ['a whole run', results],
  ['a stopped run', stopped],
])('results.json of %s is what its published schema says', (_, example) => {
  const validate = new Ajv2020.Ajv2020({ strict: false }).compile(JSON.parse(resultsJsonSchema()));
  expect(validate(JSON.parse(resultsJson(example))) || validate.errors).toBe(true);
  expect(resultsSchema.parse(JSON.parse(resultsJson(example)))).toEqual(example);
});

test('docs/results.schema.json is what the schema in the code says; "npx vitest run --project unit -u" renews it', async () => {
  await expect(resultsJsonSchema()).toMatchFileSnapshot('../../docs/results.schema.json');
});

test('the verdict on the terminal says the problem first, its remedy with it, then where the reports lie', () => {
  expect(terminalVerdict(results, { colours: false, width: 100 })).toMatchInlineSnapshot(`
    "
     FAIL  my-release (Milvus 2.6.2, cluster, log in woodpecker) in namespace milvus, embedded cluster:
           a simulation (woodpecker)

    ✗ STO-110 What STO-110 promises.
      PersistentVolumeClaim/data-my-release-etcd-0
        observed  Pending for 3 min: no class "fast" & none <default>.
        seen      Event/x: storageclass "fast" not found ]]> 
        expected  Bound.
        do        Make the class.
        causes    HLT-080 Pod/my-release-etcd-0

    ✗ STO-110 What STO-110 promises.
      PersistentVolumeClaim/data-my-release-etcd-1
        observed  Pending | too.
        do        Mend it.

    ? HLT-140 What HLT-140 promises.
      Milvus/my-release
        observed  No answer.
        do        Mend it.

    ! CFG-040 Store/object: minioadmin.
    ~ CFG-050 Milvus/my-release: waived: a test cluster (until 2027-01-31)
    ! waiver STO-130 Store/log: It expired on 2026-01-01.

    This was an embedded cluster: a simulation. It says nothing of a real deployment.

    1 failed, 1 inconclusive, 1 warning, 1 waived, 1 skipped, 1 passed (skipped: Follows from STO-110.)
    Reports: reports/20261125-101112-abcd (junit.xml, results.json, summary.md)
    "
  `);
});

test('the terminal says why nothing was judged', () => {
  const { target: _target, ...unseen } = stopped;
  expect(terminalVerdict(unseen, { colours: false, width: 100 })).toMatchInlineSnapshot(`
    "
     NOT JUDGED 

    Cannot reach the API server.

    Reports: reports/20261125-101112-abcd (junit.xml, results.json, summary.md)
    "
  `);
});

test('colours are used only where they are wanted', () => {
  expect(terminalVerdict(results, { colours: true, width: 100 })).toContain('\u001B[');
  expect(terminalVerdict(results, { colours: false, width: 100 })).not.toContain('\u001B[');
});

test('summary.md puts the verdict first and keeps text from the cluster from becoming markup', () => {
  expect(summaryMarkdown(results)).toMatchInlineSnapshot(`
    "# ❌ Fail: my-release

    my-release (Milvus 2.6.2, cluster, log in woodpecker) in namespace milvus, embedded cluster: a simulation (woodpecker)

    > embedded cluster: a simulation. Nothing real was judged.

    1 failed, 1 inconclusive, 1 warning, 1 waived, 1 skipped, 1 passed.

    ## What failed

    | Check | Object | Observed | Expected | What to do |
    | --- | --- | --- | --- | --- |
    | STO-110 | \`PersistentVolumeClaim/data-my-release-etcd-0\` | Pending for 3 min: no class "fast" &amp; none &lt;default>.<br>Event/x: storageclass "fast" not found ]]> <br>From this follow: HLT-080 Pod/my-release-etcd-0 | Bound. | Make the class. |
    | STO-110 | \`PersistentVolumeClaim/data-my-release-etcd-1\` | Pending \\| too. | What STO-110 promises. | Mend it. |

    ## What could not be judged

    | Check | Object | Observed | Expected | What to do |
    | --- | --- | --- | --- | --- |
    | HLT-140 | \`Milvus/my-release\` | No answer. | What HLT-140 promises. | Mend it. |

    ## Warnings

    | Check | Object | Observed | Expected | What to do |
    | --- | --- | --- | --- | --- |
    | CFG-040 | \`Store/object\` | minioadmin. | What CFG-040 promises. | Mend it. |

    ## Waived

    | Check | Object | Observed | Waived because |
    | --- | --- | --- | --- |
    | CFG-050 | \`Milvus/my-release\` | No authorization. | a test cluster (until 2027-01-31) |

    ## Waivers without effect

    - STO-130 \`Store/log\`: It expired on 2026-01-01.

    ## Skipped

    - HLT-080 What HLT-080 promises. Follows from STO-110.

    Left out by --only and --skip: RTP-010.

    Run 20261125-101112-abcd, 1.2 s.
    "
  `);
});

test('summary.md tells three findings of a check whole, and names the objects of the others', () => {
  const findings = [0, 1, 2, 3, 4].map((ordinal) => ({
    outcome: 'warn' as const,
    subject: { ...etcd, name: `data-my-release-etcd-${ordinal}` },
    observed: 'Reclaim policy Delete.',
  }));
  const rows = summaryMarkdown({ ...results, checks: [check('STO-230', { outcome: 'warn', findings })] })
    .split('\n')
    .filter((line) => line.startsWith('| STO-230'));
  expect(rows).toHaveLength(4);
  expect(rows[3]).toBe(
    '| STO-230 | and 2 more | `PersistentVolumeClaim/data-my-release-etcd-3`, `PersistentVolumeClaim/data-my-release-etcd-4` |  |  |',
  );
});
