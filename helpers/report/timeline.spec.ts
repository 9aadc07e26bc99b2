import Ajv2020 from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Experiment } from '../resilience/experiment.ts';
import { event, makeExperiment } from '../resilience/testing/make-experiment.ts';
import { moments } from '../resilience/testing/moments.ts';
import { junitXml } from './junit.ts';
import { resultsJson, resultsJsonSchema, resultsSchema, type CheckResult, type Results } from './results.ts';
import { summaryMarkdown } from './summary.ts';
import { terminalVerdict } from './terminal.ts';
import { experimentResultOf } from './timeline-results.ts';
import { timelineText } from './timeline-text.ts';

/** Searches are away twice and wrong in between, an insert is cut, DDL does not come back. */
function eventful(): Experiment {
  const refused = { state: 'fail', isApplied: false } as const;
  const unanswered = { state: 'unknown', isApplied: true } as const;
  const experiment = makeExperiment({
    outages: [
      { probe: 'search', from: 50, until: 900, ...refused },
      { probe: 'search', from: 3000, until: 3300, ...unanswered },
      { probe: 'insert', from: 50, until: 150, ...unanswered },
      { probe: 'ddl', from: 50, until: 60_000, ...unanswered },
    ],
    events: [event(moments.faultAt + 500, { kind: 'lag', lagMs: 130 })],
  });
  const operations = experiment.history.operations.map((operation) => {
    const since = operation.calledAt - moments.faultAt;
    const isWrong = operation.request['probe'] === 'search' && since > 2000 && since < 2500;
    return isWrong ? { ...operation, outcome: { state: 'ok' as const, value: { hits: [] } } } : operation;
  });
  return { ...experiment, history: { ...experiment.history, operations } };
}

const first = experimentResultOf(eventful());
const second = { ...experimentResultOf(makeExperiment()), name: 'datanode-kill', scenario: 'datanode-kill' };

function found(name: string, outcome: 'pass' | 'fail', observed: string): CheckResult['findings'][number] {
  return { outcome, subject: { kind: 'Experiment', name }, observed };
}

const check: CheckResult = {
  code: 'RES-410',
  area: 'Resilience',
  title: 'Each operation is served again.',
  severity: 'fail',
  outcome: 'fail',
  durationMs: 4,
  why: 'It matters.',
  remedy: 'Mend it.',
  findings: [
    found('querynode-kill', 'fail', 'ddl was not right again.'),
    found('datanode-kill', 'pass', 'No operation was away.'),
  ],
};

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
  },
  verdict: 'fail',
  exitCode: 1,
  counts: { pass: 0, warn: 0, fail: 1, inconclusive: 0, skipped: 0, waived: 0 },
  checks: [check],
  experiments: [first, second],
  ineffectiveWaivers: [],
  notSelected: [],
};

test('the timeline in words: pods, each outage by itself, wrong answers, and what was answered in which order', () => {
  expect(timelineText(first)).toMatchInlineSnapshot(`
    "querynode-kill: Kills one querynode pod. Searches come back, rightly; writes go on.
    Load light, seed 11. No other replica of what was struck stayed. Watched for 6.0 s after the fault, which is at 0.

      struck     gone   created  scheduled  started  Ready  pod
      querynode  0.4 s  0.5 s    0.5 s      1.2 s    2.0 s  my-release-querynode-5c9d8f7b6-ax2k9, then …-bx2k9

      operation           away   budget  not served                  answered wrongly        right again
      search              1.4 s  90.0 s  0.1 to 0.9 s (8 failed)     2.1 to 2.4 s (4 wrong)  3.3 s
                                         3.0 to 3.3 s (3 failed)
      query, count, read  never  90.0 s  -                           -                       always
      insert              0.1 s  1.0 s   0.1 to 0.2 s (1 failed)     -                       0.2 s
      upsert, delete      never  1.0 s   -                           -                       always
      ddl                 5.9 s  30.0 s  0.1 to the end (60 failed)  -                       NOT BY THE END

      search failed from 0.1 to 0.9 s:
           0.1 s     8 x  MILVUS_503: node offline[node=6]
      search failed from 3.0 to 3.3 s:
           3.0 s     3 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s
      search answered Success and was wrong 4 times from 2.1 to 2.4 s; the first, operation 333: 0 hits instead of 5
      insert failed from 0.1 to 0.2 s:
           0.1 s     1 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s
      ddl failed from 0.1 to the end:
           0.1 s    60 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s

      This tool itself stood still for 0.1 s at most, once for more than 0.1 s."
  `);
});

test('an experiment whose fault was never begun has no table', () => {
  const { timeline: _timeline, ...bare } = first;
  expect(timelineText(bare)).toBe(
    `querynode-kill: ${first.summary}\nLoad light, seed 11. No other replica of what was struck stayed. No fault was begun.`,
  );
});

test('junit.xml has a case for each statement and experiment, with the timeline in its output', () => {
  const xml = junitXml(results);
  const names = [...xml.matchAll(/<testcase[^>]* name="([^"]*)"/g)].map(([, name]) => name);
  expect(names).toEqual([
    'RES-410 Each operation is served again. [querynode-kill]',
    'RES-410 Each operation is served again. [datanode-kill]',
  ]);
  expect(xml).toContain('<failure message="ddl was not right again." type="fail">');
  const outputs = [...xml.matchAll(/<system-out>\s*<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, text]) => text);
  expect(outputs).toEqual([timelineText(first), timelineText(second)]);
});

test('results.json carries the timelines as its published schema says', () => {
  const validate = new Ajv2020.Ajv2020({ strict: false }).compile(JSON.parse(resultsJsonSchema()));
  expect(validate(JSON.parse(resultsJson(results))) || validate.errors).toBe(true);
  expect(resultsSchema.parse(JSON.parse(resultsJson(results)))).toEqual(results);
});

test('the terminal shows what each fault did, in a table', () => {
  expect(terminalVerdict(results, { colours: false, width: 110 })).toMatchInlineSnapshot(`
    "
     FAIL 

    ✗ RES-410 Each operation is served again.
      Experiment/querynode-kill
        observed  ddl was not right again.
        do        Mend it.

    querynode-kill: what happened since the fault

      struck     gone   created  scheduled  started  Ready  pod
      querynode  0.4 s  0.5 s    0.5 s      1.2 s    2.0 s  my-release-querynode-5c9d8f7b6-ax2k9, then …-bx2k9

      operation           away   budget  not served                  answered wrongly        right again
      search              1.4 s  90.0 s  0.1 to 0.9 s (8 failed)     2.1 to 2.4 s (4 wrong)  3.3 s
                                         3.0 to 3.3 s (3 failed)
      query, count, read  never  90.0 s  -                           -                       always
      insert              0.1 s  1.0 s   0.1 to 0.2 s (1 failed)     -                       0.2 s
      upsert, delete      never  1.0 s   -                           -                       always
      ddl                 5.9 s  30.0 s  0.1 to the end (60 failed)  -                       NOT BY THE END

    datanode-kill: what happened since the fault

      struck     gone   created  scheduled  started  Ready  pod
      querynode  0.4 s  0.5 s    0.5 s      1.2 s    2.0 s  my-release-querynode-5c9d8f7b6-ax2k9, then …-bx2k9

      operation                   away   budget  not served  answered wrongly  right again
      search, query, count, read  never  90.0 s  -           -                 always
      insert, upsert, delete      never  1.0 s   -           -                 always
      ddl                         never  30.0 s  -           -                 always

    1 failed
    Reports: reports/20261125-101112-abcd (junit.xml, results.json, summary.md)
    "
  `);
});

test('summary.md has the tables and the errors of each experiment', () => {
  const [, ...sections] = summaryMarkdown(results).split('## What happened: ');
  expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(['querynode-kill', 'datanode-kill']);
  expect(sections[0]).toMatchInlineSnapshot(`
    "querynode-kill

    Kills one querynode pod. Searches come back, rightly; writes go on. Load light, seed 11. No other replica of what was struck stayed. Watched for 6.0 s after the fault, which is at 0.

    | struck | gone | created | scheduled | started | Ready | pod |
    | --- | --- | --- | --- | --- | --- | --- |
    | querynode | 0.4 s | 0.5 s | 0.5 s | 1.2 s | 2.0 s | my-release-querynode-5c9d8f7b6-ax2k9, then …-bx2k9 |

    | operation | away | budget | not served | answered wrongly | right again |
    | --- | --- | --- | --- | --- | --- |
    | search | 1.4 s | 90.0 s | 0.1 to 0.9 s (8 failed)<br>3.0 to 3.3 s (3 failed) | 2.1 to 2.4 s (4 wrong) | 3.3 s |
    | query | never | 90.0 s | - | - | always |
    | count | never | 90.0 s | - | - | always |
    | read | never | 90.0 s | - | - | always |
    | insert | 0.1 s | 1.0 s | 0.1 to 0.2 s (1 failed) | - | 0.2 s |
    | upsert | never | 1.0 s | - | - | always |
    | delete | never | 1.0 s | - | - | always |
    | ddl | 5.9 s | 30.0 s | 0.1 to the end (60 failed) | - | NOT BY THE END |

          search failed from 0.1 to 0.9 s:
               0.1 s     8 x  MILVUS_503: node offline[node=6]
          search failed from 3.0 to 3.3 s:
               3.0 s     3 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s
          search answered Success and was wrong 4 times from 2.1 to 2.4 s; the first, operation 333: 0 hits instead of 5
          insert failed from 0.1 to 0.2 s:
               0.1 s     1 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s
          ddl failed from 0.1 to the end:
               0.1 s    60 x  DEADLINE_EXCEEDED: Deadline exceeded after 0.5s
          This tool itself stood still for 0.1 s at most, once for more than 0.1 s.

    "
  `);
});

test('what follows from an experiment that is not sound is told with its cause, once', () => {
  const subject = { kind: 'Experiment', name: 'querynode-kill' };
  const observed = 'The fault landed on nothing: a ran on as before, under the same UID.';
  const unsound = (code: string, follows: boolean): CheckResult => ({
    ...check,
    code,
    outcome: 'inconclusive',
    findings: [
      follows
        ? {
            outcome: 'inconclusive',
            subject,
            observed: `Follows from RES-010: ${observed}`,
            followsFrom: { code: 'RES-010', subject },
          }
        : { outcome: 'inconclusive', subject, observed },
    ],
  });
  const checks = [unsound('RES-010', false), unsound('RES-110', true), unsound('RES-210', true)];
  const text = terminalVerdict({ ...results, checks, experiments: [] }, { colours: false, width: 110 });
  expect(text.split('\n').filter((line) => line.startsWith('?'))).toEqual([
    '? RES-010 Each operation is served again.',
  ]);
  expect(text).toContain('causes    RES-110 Experiment/querynode-kill, RES-210 Experiment/querynode-kill');
});
