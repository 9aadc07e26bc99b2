import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeExperiment, type ModelOutage } from '../../helpers/resilience/testing/make-experiment.ts';
import { probes } from '../../helpers/workload/load/record.ts';
import { corrupted, corruptions } from './testing/corruptions.ts';
import { judgeExperiments, withOutcome } from './testing/judge-experiment.ts';

const outage: fc.Arbitrary<ModelOutage> = fc
  .record({
    probe: fc.constantFrom(...probes),
    from: fc.integer({ min: 0, max: 5000 }),
    lasts: fc.integer({ min: 1, max: 3000 }),
    state: fc.constantFrom('fail', 'unknown'),
    isApplied: fc.boolean(),
  })
  .map(({ lasts, ...each }) => ({ ...each, until: each.from + lasts }));

const ofData = ['RES-110', 'RES-120', 'RES-130', 'RES-210', 'RES-220'];

test('outages alone never fail what is said of data and answers, whatever became of the writes in them', () => {
  fc.assert(
    fc.property(fc.array(outage, { maxLength: 6 }), (outages) => {
      const findings = judgeExperiments(makeExperiment({ outages })).filter(({ code }) =>
        ofData.includes(code),
      );
      const noted = findings.filter(({ outcome }) => outcome !== 'pass');
      expect(noted).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

const right = makeExperiment();

test.each(corruptions)('$code finds it, and no other check does: $name', (corruption) => {
  fc.assert(
    fc.property(fc.nat(), (at) => {
      const findings = judgeExperiments(corrupted(right, corruption, at));
      expect(Object.keys(withOutcome('fail', findings))).toEqual([corruption.code]);
    }),
    { numRuns: 8 },
  );
});

test('a corruption is found through any outage', () => {
  // A delete of which it is unknown whether it was applied would explain a row that is gone.
  const ofOthers = outage.filter(({ probe }) => probe !== 'delete');
  fc.assert(
    fc.property(
      fc.array(ofOthers, { maxLength: 4 }),
      fc.constantFrom(
        ...corruptions.filter(({ code, name }) => code === 'RES-110' || name.includes('last look')),
      ),
      fc.nat(),
      (outages, corruption, at) => {
        const findings = judgeExperiments(corrupted(makeExperiment({ outages }), corruption, at));
        expect(Object.keys(withOutcome('fail', findings))).toContain(corruption.code);
      },
    ),
    { numRuns: 30 },
  );
});
