import { exitCodes } from '../engine/exit-code.ts';
import { argumentsOf, commandNames, examples, flagsOf, type Flag } from './flags.ts';
import { defaultFile } from './options/file.ts';

/** Bytes of `docs/command-line.md`, from the table that --help is made from. */
export function commandLinePage(): string {
  const sections = commandNames.map((command) =>
    [
      `## ${command}${argumentsOf[command] === undefined ? '' : ` ${argumentsOf[command].name.toUpperCase()}`}`,
      '',
      '```sh',
      examples[command],
      '```',
      '',
      '| flag | in the options file | |',
      '|---|---|---|',
      ...flagsOf[command].map(row),
    ].join('\n'),
  );
  return `# The command line

This page is made from the same table as \`--help\`.

${sections.join('\n\n')}

## The options file

\`${defaultFile}\` in the working directory is picked up; \`--config FILE\` names another. Its keys are the flags' own names in camelCase (\`--read-only\` is \`readOnly\`), flags win over it, and paths in it are relative to it. A key that is not known is an error. Beside the flags it holds:

| key | |
|---|---|
| \`waivers\` | a list of known deviations: \`code\`, \`subject\` (\`Kind/name\`, \`*\` stands for any text), \`reason\`, and \`expires\` (the last day, YYYY-MM-DD; optional); for wrong answers (RES-210) also \`maxSeconds\`, how long they may last. One that has no effect is reported. |
| \`wal.requireClaim\` | \`configuration\` (default): a claim for the log where the effective configuration makes it necessary. \`always\`: a claim for the log or the streaming node whatever the storage type. |

\`\`\`yaml
namespace: milvus
skip: [RTP]
wal:
  requireClaim: always
waivers:
  - code: CFG-040
    subject: Store/object
    reason: a test cluster without a route from outside
    expires: 2027-01-31
\`\`\`

Milvus credentials are read from the environment only: \`MILVUS_CONFORMANCE_TOKEN=user:password\`.

## Exit codes

| code | |
|---|---|
| ${exitCodes.pass} | pass |
| ${exitCodes.fail} | a check failed |
| ${exitCodes.inconclusive} | inconclusive: something could not be judged, or the run was cut short |
| ${exitCodes.usage} | bad usage or options |
| ${exitCodes.environment} | the environment: no cluster, no rights, no Milvus in the namespace |
`;
}

function row({ flags, description, key }: Flag): string {
  return `| \`${flags}\` | ${key === undefined ? '' : `\`${key}\``} | ${description} |`;
}
