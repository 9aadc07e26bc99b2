import { createColors } from 'picocolors';
import type { Requirement } from '../topology/model.ts';
import { backingText, locationText, type Discovery } from './discovery.ts';
import type { Look } from './look.ts';
import { simulationNotice, sourceText } from './text.ts';
import { table } from './table.ts';
import { labelled } from './wrap.ts';

/** What runs, where the data is kept, and what must be durable and why: for a person. */
export function discoveryTable({ observation, topology, requirements }: Discovery, look: Look): string {
  const { bold, dim, yellow } = createColors(look.colours);
  const { instance, configuration, components, stores } = topology;
  const { source } = observation;
  const facts = [instance.mode, `managed by ${instance.managedBy}`, sourceText(source)].join(', ');
  const claimCount = requirements.required.reduce((count, { claims }) => count + claims.length, 0);
  const blocks = [
    `${bold(instance.name)} in namespace ${instance.namespace}: Milvus ${instance.version ?? 'of unknown version'}, ${facts}\n${dim(configuration.from)}`,
    section(
      bold('Components'),
      table(
        look,
        [15, undefined, 7, undefined],
        ['role', 'workload', 'ready', 'image'],
        components.map(({ role, workload, image }) => [
          role,
          `${workload.kind}/${workload.metadata.name}`,
          `${workload.readyReplicas}/${workload.replicas}`,
          image,
        ]),
      ),
    ),
    section(
      bold('Stores'),
      table(
        look,
        [10, 12, undefined, undefined],
        ['store', 'product', 'where', 'because'],
        stores.map(({ role, product, location, because }) => [
          role,
          product,
          locationText(location),
          because,
        ]),
      ),
    ),
    section(
      bold(`What must be durable (${claimCount} claims)`),
      table(
        look,
        [14, 32, 32, undefined],
        ['store', 'where it is written', 'lies on', 'why'],
        requirements.required.map((requirement) => [
          `${requirement.id}\n${requirement.product}`,
          `${requirement.workload.kind}/${requirement.workload.metadata.name}\n${requirement.path}`,
          liesOn(requirement),
          requirement.reason,
        ]),
      ),
    ),
    lines(
      requirements.missing.map(({ what, reason }) => `${yellow('!')} ${what} has no workload: ${reason}`),
      look,
    ),
    lines(
      requirements.exempt.map(
        ({ store, product, reason }) =>
          `${dim('-')} ${product} (${store}) needs nothing durable of its own: ${reason}`,
      ),
      look,
    ),
    lines(
      topology.problems.map(
        ({ subject, detail }) => `${yellow('!')} ${subject.kind}/${subject.name}: ${detail}`,
      ),
      look,
    ),
    source.kind === 'embedded' ? dim(`This was the ${simulationNotice}.`) : '',
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function section(title: string, body: string): string {
  return `${title}\n${body}`;
}

function lines(texts: readonly string[], { width }: Look): string {
  return texts.map((text) => labelled('', 2, text, width)).join('\n');
}

function liesOn({ backing, claims }: Requirement): string {
  if (claims.length === 0) return backingText(backing);
  return claims.map(({ name, claim }) => `${name}: ${claim?.status?.phase ?? 'missing'}`).join('\n');
}
