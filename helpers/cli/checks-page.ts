import { areaOf, codes } from '../engine/codes.ts';
import { statementOf, type Code } from '../verdict/catalogue.ts';
import { areas } from '../verdict/statement.ts';

/** Bytes of `docs/checks.md`, from the catalogue that `checks` prints. */
export function checksPage(): string {
  const byArea = Map.groupBy(codes, areaOf);
  const sections = [...byArea].map(([area, members]) =>
    [`## ${areas[area]} (${area})`, ...members.map(section)].join('\n\n'),
  );
  return `# Every check

This page is made from the catalogue: \`milvus-conformance checks CODE\` prints the same.

${sections.join('\n\n')}
`;
}

function section(code: Code): string {
  const { title, severity, why, remedy, source } = statementOf(code);
  return [
    `### ${code}`,
    `**${title}**${severity === 'warn' ? ' A warning: the gate still passes.' : ''}`,
    why,
    `*What to do:* ${remedy}`,
    ...(source === undefined ? [] : [`*Source:* ${source}`]),
  ].join('\n\n');
}
