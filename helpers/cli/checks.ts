import { createColors } from 'picocolors';
import { lookOf } from '../report/look.ts';
import { labelled } from '../report/wrap.ts';
import { areaOf, codes } from '../engine/codes.ts';
import { suggestion } from '../engine/suggest.ts';
import { UsageError } from '../engine/usage-error.ts';
import { statementOf, type Code } from '../verdict/catalogue.ts';
import { areas, type Statement } from '../verdict/statement.ts';
import type { GivenFlags } from './options/settings.ts';
import { print } from './output.ts';

type Row = readonly [code: Code, statement: Statement];

/** The catalogue: all of it, one area, or one check explained. @throws UsageError for a code that is none */
export async function checks({ json }: GivenFlags, [code]: readonly string[]): Promise<number> {
  const rows = select(code?.toUpperCase());
  const look = lookOf(process.stdout, process.env);
  const [first] = rows;
  if (json === true) await print(`${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
  else if (rows.length === 1 && first !== undefined) await print(explained(first, look));
  else await print(listed(rows, look));
  return 0;
}

function select(selector: string | undefined): readonly Row[] {
  const all = codes.map((code): Row => [code, statementOf(code)]);
  if (selector === undefined) return all;
  const rows = all.filter(([code]) => code === selector || code.startsWith(`${selector}-`));
  if (rows.length > 0) return rows;
  throw new UsageError(
    `checks: '${selector}' is no check; expected a code such as ${codes[0]} or an area (${Object.keys(areas).join(', ')}).${suggestion(selector, [...Object.keys(areas), ...codes])}`,
  );
}

function listed(rows: readonly Row[], { colours, width }: ReturnType<typeof lookOf>): string {
  const { bold, dim } = createColors(colours);
  const byArea = Map.groupBy(rows, ([code]) => areaOf(code));
  const blocks = [...byArea].map(([area, members]) => {
    const lines = members.map(([code, { title, severity }]) =>
      labelled(`  ${code}  `, 11, severity === 'warn' ? `${title} ${dim('(warning)')}` : title, width),
    );
    return [`${bold(areas[area])} ${dim(area)}`, ...lines].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${dim('"milvus-conformance checks CODE" explains one.')}\n`;
}

function explained([code, statement]: Row, { colours, width }: ReturnType<typeof lookOf>): string {
  const { bold, dim } = createColors(colours);
  const paragraph = (label: string, text: string) => labelled(`  ${dim(label.padEnd(12))}`, 14, text, width);
  const lines = [
    labelled(`${bold(code)}  `, code.length + 2, bold(statement.title), width),
    '',
    paragraph('why', statement.why),
    paragraph('what to do', statement.remedy),
    paragraph(
      'severity',
      statement.severity === 'fail' ? 'fails the gate' : 'a warning; the gate still passes',
    ),
    paragraph('looks at', lookedAt(statement)),
    ...(statement.source === undefined ? [] : [paragraph('source', statement.source)]),
  ];
  return `${lines.join('\n')}\n`;
}

const needs = {
  objects: 'Kubernetes objects',
  endpoints: 'running endpoints',
  history: 'what the round trip did (not with --read-only)',
  experiment: 'a fault that chaos tried, and what came of it',
  'before-upgrade': 'a deployment before an upgrade',
  upgrade: 'a deployment before and after an upgrade',
  manifest: 'a manifest before it is applied',
  preflight: 'a cluster before an install',
} as const satisfies Record<Statement['needs'], string>;

function lookedAt({ needs: need, reads }: Statement): string {
  return reads === undefined ? needs[need] : `${needs[need]}: ${reads.join(', ')}`;
}
