import { statementOf, type Code } from './catalogue.ts';
import { subjectText, type CodedFinding, type Outcome } from './finding.ts';

/** A known deviation that its owner accepts, from the options file. */
export interface Waiver {
  readonly code: Code;
  /** Glob over `Kind/name`, where `*` stands for any text: `PersistentVolumeClaim/data-*`. */
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it applies, `YYYY-MM-DD` (UTC). */
  readonly expires?: string;
  /** It takes what lasted no longer than this, and is over. Some checks are waived only so. */
  readonly maxSeconds?: number;
}

interface IneffectiveWaiver {
  readonly waiver: Waiver;
  /** Why it had no effect, as a sentence. */
  readonly problem: string;
}

export interface Waived {
  readonly findings: readonly CodedFinding[];
  readonly ineffective: readonly IneffectiveWaiver[];
}

const waivable: Readonly<Record<Outcome, boolean>> = {
  fail: true,
  warn: true,
  inconclusive: true,
  pass: false,
  skipped: false,
  waived: false,
};

/**
 * Applies waivers: a finding that fails, warns or is inconclusive becomes `waived` and carries the reason. An expired
 * waiver does not apply, nor one without the limit that its check asks for, nor one whose limit was passed; one that
 * matches no finding is of no use. All are said.
 *
 * @param now RFC 3339; expiry is judged against its day.
 */
export function waive(findings: readonly CodedFinding[], waivers: readonly Waiver[], now: string): Waived {
  const today = now.slice(0, 10);
  const effective = waivers.filter((waiver) => !hasExpired(waiver, today) && !lacksLimit(waiver));
  const ineffective = waivers.flatMap((waiver) => {
    const problem = problemOf(waiver, findings, today);
    return problem === undefined ? [] : [{ waiver, problem }];
  });
  return {
    findings: findings.map((finding) => {
      const waiver = effective.find((candidate) => matches(candidate, finding));
      return waiver === undefined ? finding : withWaiver(finding, waiver);
    }),
    ineffective,
  };
}

function problemOf(waiver: Waiver, findings: readonly CodedFinding[], today: string): string | undefined {
  if (hasExpired(waiver, today)) return `It expired on ${waiver.expires}.`;
  if (lacksLimit(waiver)) return `It has no limit: ${waiver.code} is waived only up to so many maxSeconds.`;
  const beyond = findings.find((finding) => concerned(waiver, finding) && !isWithin(waiver, finding));
  if (beyond !== undefined) return beyondText(waiver, beyond);
  if (findings.some((finding) => matches(waiver, finding))) return undefined;
  const spared = findings.filter((finding) => concerns(waiver, finding));
  if (spared.length > 0) return `Nothing to waive: ${waiver.code} is ${spared[0]?.outcome} for this subject.`;
  return `It matches no finding: ${waiver.code} has none about ${waiver.subject}.`;
}

function hasExpired(waiver: Waiver, today: string): boolean {
  return waiver.expires !== undefined && waiver.expires < today;
}

function lacksLimit({ code, maxSeconds }: Waiver): boolean {
  return statementOf(code).waivedWithin === 'maxSeconds' && maxSeconds === undefined;
}

function matches(waiver: Waiver, finding: CodedFinding): boolean {
  return concerned(waiver, finding) && isWithin(waiver, finding);
}

/** What has no known length (a check that is inconclusive, a window that never closed) is within no limit. */
function isWithin({ maxSeconds }: Waiver, { lastedMs }: CodedFinding): boolean {
  return maxSeconds === undefined || (lastedMs !== undefined && lastedMs <= maxSeconds * 1000);
}

function beyondText({ maxSeconds }: Waiver, { subject, lastedMs }: CodedFinding): string {
  const lasted =
    lastedMs === undefined ? 'its length is not known, or it is not over' : `it lasted ${lastedMs / 1000} s`;
  return `It is for ${maxSeconds} s at most, and of ${subjectText(subject)} ${lasted}.`;
}

function concerned(waiver: Waiver, finding: CodedFinding): boolean {
  return waivable[finding.outcome] && concerns(waiver, finding);
}

function concerns(waiver: Waiver, finding: CodedFinding): boolean {
  if (waiver.code !== finding.code) return false;
  const { kind, name } = finding.subject;
  const glob = globPattern(waiver.subject);
  return glob.test(`${kind}/${name}`) || glob.test(subjectText(finding.subject));
}

function globPattern(glob: string): RegExp {
  const literal = glob.split('*').map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${literal.join('.*')}$`);
}

function withWaiver(finding: CodedFinding, { reason, expires, maxSeconds }: Waiver): CodedFinding {
  return {
    ...finding,
    outcome: 'waived',
    waiver: {
      reason,
      ...(expires !== undefined && { expires }),
      ...(maxSeconds !== undefined && { maxSeconds }),
    },
  };
}
