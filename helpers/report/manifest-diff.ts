import { createColors } from 'picocolors';
import type { ChangedClaim, ManifestDiff } from '../manifest/diff.ts';
import type { RefusedChange } from '../manifest/immutable.ts';
import type { Look } from './look.ts';
import { classText, foldNames } from './manifest.ts';
import { labelled, wrap } from './wrap.ts';

/** What applying a new manifest over an old one does, the harm first; for a person. */
export function manifestDiffText(
  what: { readonly old: string; readonly next: string; readonly instance: string },
  diff: ManifestDiff,
  { colours, width }: Look,
): string {
  const { bold, green, red, yellow } = createColors(colours);
  const { version, mode, log, logHome, components, objects, claims, images } = diff;
  const line = (mark: string, text: string) => labelled(`${mark} `, 2, text, width);
  const changed = (
    name: string,
    { before, after }: { before?: string | undefined; after?: string | undefined },
  ) => (before === after ? [] : [`${name}: ${before ?? 'unknown'} becomes ${after ?? 'unknown'}`]);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`${bold(title)}\n${lines.join('\n')}`];
  const harm = [
    ...diff.refused.map((each) => line(red('✗'), refusedText(each))),
    ...(log.before === log.after
      ? []
      : [
          line(
            red('✗'),
            `The log is switched from ${log.before ?? 'unknown'} to ${log.after ?? 'unknown'}. What was acknowledged and not yet flushed stays in the old one; Milvus 2.x has no way to carry it over.`,
          ),
        ]),
    ...lost(claims.orphaned).map((text) => line(red('✗'), text)),
  ];
  const blocks = [
    wrap(`${bold(what.instance)}: ${what.old} → ${what.next}`, width),
    harm.length === 0
      ? line(green('✓'), 'Applying it fails at no object, keeps the log, and leaves no data behind.')
      : harm.join('\n'),
    ...section(
      'Milvus',
      [...changed('version', version), ...changed('mode', mode)].map((text) => line(' ', text)),
    ),
    ...section(
      'Log',
      changed('its bytes', log.before === log.after ? logHome : {}).map((text) =>
        line(
          yellow('!'),
          `${text}. What is not flushed by then stays in the old place: flush all collections first.`,
        ),
      ),
    ),
    ...section('Components', [
      ...components.added.map(({ role, workload }) => line(green('+'), `${role} (${workload})`)),
      ...components.removed.map(({ role, workload }) => line(red('-'), `${role} (${workload})`)),
    ]),
    ...section('Claims', [
      ...fold(claims.kept).map((names) => line(' ', `kept: ${names}`)),
      ...fold(claims.added).map((names) => line(green('+'), names)),
      ...foldChanged(claims.changed).map((text) => line(yellow('~'), text)),
      ...fold(claims.orphaned.map(({ name }) => name)).map((names) => line(red('-'), `orphaned: ${names}`)),
    ]),
    ...section('Images', [
      ...images.added.map((image) => line(green('+'), image)),
      ...images.removed.map((image) => line(red('-'), image)),
    ]),
    ...section('Objects', [
      ...objects.added.map((name) => line(green('+'), name)),
      ...objects.removed.map((name) =>
        line(red('-'), `${name}: removed by helm upgrade, left by kubectl apply`),
      ),
    ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function refusedText({ kind, name, fields, place, refusal, remedy }: RefusedChange): string {
  return `${kind}/${name} (${place}): apply fails, ${fields.join(', ')} cannot be changed. The API server says: ${refusal}.\n${remedy}`;
}

function lost(orphaned: ManifestDiff['claims']['orphaned']): readonly string[] {
  const withData = orphaned.filter(({ keeps }) => keeps.length > 0);
  const byWhat = Map.groupBy(withData, ({ keeps }) => keeps.join('; '));
  return [...byWhat].map(
    ([what, claims]) =>
      `${foldNames(claims.map(({ name }) => name))}: left behind with their data (${what}); nothing of the new manifest mounts them.`,
  );
}

/** Names by what stands before their last number. */
function fold(names: readonly string[]): readonly string[] {
  return [...Map.groupBy(names, (name) => name.replace(/\d+$/, '')).values()].map(foldNames);
}

function foldChanged(claims: readonly ChangedClaim[]): readonly string[] {
  const alike = Map.groupBy(claims, ({ name, ...rest }) => JSON.stringify([name.replace(/\d+$/, ''), rest]));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { size, storageClass, accessModes, effect } = first;
    const parts = [
      ['size', size.before ?? '?', size.after ?? '?'],
      [
        'class',
        classText({ storageClass: storageClass.before }),
        classText({ storageClass: storageClass.after }),
      ],
      ['access mode', accessModes.before.join(', '), accessModes.after.join(', ')],
    ].flatMap(([name, before, after]) => (before === after ? [] : [`${name} ${before} becomes ${after}`]));
    return [`${foldNames(group.map(({ name }) => name))}: ${parts.join(', ')}; ${effect}`];
  });
}
