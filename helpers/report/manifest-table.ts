import { createColors } from 'picocolors';
import type { PlannedClaim } from '../manifest/claims.ts';
import type { Requirement } from '../topology/model.ts';
import { willLast, type Asked, type ManifestSummary } from '../manifest/summary.ts';
import { backingText } from './discovery.ts';
import type { Look } from './look.ts';
import { bytesText, classText, foldNames } from './manifest.ts';
import { table } from './table.ts';
import { labelled, wrap } from './wrap.ts';

/** What a manifest will bring: claims, what must last and whether it will, images and sums; for a person. */
export function manifestTable(summary: ManifestSummary, look: Look): string {
  const { bold, dim, yellow } = createColors(look.colours);
  const { topology, requirements, files, objects, claims, images, asked } = summary;
  const { instance, logType } = topology;
  const facts = [
    `Milvus ${instance.version ?? 'of unknown version'}`,
    instance.mode,
    `log in ${logType ?? 'nobody knows what'}`,
  ].join(', ');
  const made = claims.filter(({ made: how }) => how !== 'foreign').length;
  const lines = (texts: readonly string[]) =>
    texts.map((text) => labelled('', 2, text, look.width)).join('\n');
  const blocks = [
    `${bold(instance.name)} for namespace ${instance.namespace}: ${facts}\n${dim(`${objects} objects from ${files.join(', ')}; configured by ${topology.configuration.from}`)}`,
    `${bold(`Claims (${made} will be made, ${bytesText(asked.storage)})`)}\n${
      claims.length === 0
        ? 'None: nothing that this manifest starts keeps anything on a claim.'
        : table(
            look,
            [undefined, 8, 13, 16, undefined],
            ['claim', 'size', 'class', 'access mode', 'from'],
            foldClaims(claims),
          )
    }`,
    `${bold('What must be durable')}\n${requirements.required.map((each) => durableText(each, look)).join('\n')}`,
    lines(
      requirements.missing.map(({ what, reason }) => `${yellow('!')} ${what} has no workload: ${reason}`),
    ),
    lines(
      requirements.exempt.map(
        ({ store, product, reason }) =>
          `${dim('-')} ${product} (${store}) needs nothing durable of its own: ${reason}`,
      ),
    ),
    `${bold(`Images (${images.length})`)}\n${images.map((image) => `  ${image}`).join('\n')}`,
    `${bold('Asked for')}\n${wrap(askedText(asked), look.width)}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** One thing that must last: what, where it is written, what it lies on, and why. */
function durableText(requirement: Requirement, { colours, width }: Look): string {
  const { green, red, dim } = createColors(colours);
  const { what, workload, path, backing, claims, reason } = requirement;
  const lasts = willLast(requirement);
  const on = lasts
    ? `claims ${foldNames(claims.map(({ name }) => name))}`
    : `${backingText(backing)}: it will NOT last`;
  return [
    labelled(`${lasts ? green('✓') : red('✗')} `, 2, `${what}: ${on}`, width),
    labelled('    ', 4, `${workload.kind}/${workload.metadata.name} writes it to ${path}`, width),
    labelled('    ', 4, dim(reason), width),
  ].join('\n');
}

/** Claims alike in everything but their number are one row. */
function foldClaims(claims: readonly PlannedClaim[]): readonly (readonly string[])[] {
  const alike = Map.groupBy(claims, (claim) => {
    const { name, ...rest } = claim;
    return JSON.stringify([name.replace(/\d+$/, ''), rest]);
  });
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      [
        foldNames(group.map(({ name }) => name)),
        first.size ?? '?',
        classText(first),
        first.accessModes.join(', ') || '?',
        [
          first.usedBy || 'nothing mounts it',
          ...(first.place === undefined ? [] : [`line ${first.place.split(':').at(-1)}`]),
          ...(first.made === 'foreign' ? ['must be there already'] : []),
          ...(first.usedBy !== '' && first.keeps.length === 0 ? ['nothing that must last lies on it'] : []),
        ].join('\n'),
      ],
    ];
  });
}

function askedText({ pods, requests, limits, storage, silentContainers, jobs }: Asked): string {
  const amount = ({ cpu, memory }: Asked['requests']) =>
    `${Math.round(cpu * 1000) / 1000} CPU and ${bytesText(memory)} of memory`;
  return [
    `${pods} pods ask for ${amount(requests)}; their limits are ${amount(limits)}. Claims: ${bytesText(storage)}.`,
    ...(silentContainers > 0
      ? [`${silentContainers} of their containers ask for no CPU or no memory: what those need comes on top.`]
      : []),
    ...(jobs > 0 ? [`Besides, ${jobs} Jobs run once.`] : []),
  ].join(' ');
}
