import type { Code } from './catalogue.ts';
import { subjectText, type CodedFinding, type Outcome } from './finding.ts';

/** A known deviation that its owner accepts, from the options file. */
export interface Waiver {
  readonly code: Code;
  /** Glob over `Kind/name`, where `*` stands for any text: `PersistentVolumeClaim/data-*`. */
  readonly subject: string;
  readonly reason: string;
  /** Last day on which it applies, `YYYY-MM-DD` (UTC). */
  readonly expires?: string;
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
 * waiver does not apply, one that matches no finding is of no use, and both are said.
 *
 * @param now RFC 3339; expiry is judged against its day.
 */
export function waive(findings: readonly CodedFinding[], waivers: readonly Waiver[], now: string): Waived {
  const today = now.slice(0, 10);
  const effective = waivers.filter((waiver) => !hasExpired(waiver, today));
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
  if (findings.some((finding) => matches(waiver, finding))) return undefined;
  const spared = findings.filter((finding) => concerns(waiver, finding));
  if (spared.length > 0) return `Nothing to waive: ${waiver.code} is ${spared[0]?.outcome} for this subject.`;
  return `It matches no finding: ${waiver.code} has none about ${waiver.subject}.`;
}

function hasExpired(waiver: Waiver, today: string): boolean {
  return waiver.expires !== undefined && waiver.expires < today;
}

function matches(waiver: Waiver, finding: CodedFinding): boolean {
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

function withWaiver(finding: CodedFinding, { reason, expires }: Waiver): CodedFinding {
  return {
    ...finding,
    outcome: 'waived',
    waiver: { reason, ...(expires !== undefined && { expires }) },
  };
}
