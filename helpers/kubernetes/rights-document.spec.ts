import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { preflightRights } from '../preflight/rights.ts';
import { upgradeRights } from '../upgrade/rights.ts';
import { rights, type Right } from './rights.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** `verb group/resource` of every rule of that kind in the document that users apply. */
function granted(name: string, kind: 'Role' | 'ClusterRole'): readonly string[] {
  const text = readFileSync(new URL(`../../docs/${name}.yaml`, import.meta.url), 'utf8');
  const documents = parseAllDocuments(text).map(
    (document) => document.toJS() as { kind: string; rules?: Rule[] },
  );
  return documents
    .filter((document) => document.kind === kind)
    .flatMap(({ rules = [] }) => rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
      ),
    )
    .toSorted();
}

function used(rights: readonly Right[], scope: Right['scope']): readonly string[] {
  return rights
    .filter((right) => right.scope === scope)
    .map(({ verb, group, resource }) => `${verb} ${group}/${resource}`)
    .toSorted();
}

test.each([
  ['rights', rights],
  ['rights-preflight', preflightRights],
  ['rights-upgrade', upgradeRights],
])('docs/%s.yaml grants what the suite uses, and nothing else', (name, all) => {
  expect(granted(name, 'Role')).toEqual(used(all, 'namespace'));
  expect(granted(name, 'ClusterRole')).toEqual(used(all, 'cluster'));
});
