import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFailed, test } from 'vitest';
import { findingsOf, troubles } from '../../fixtures/broken/judged.ts';
import { plannedClaims } from '../../helpers/manifest/claims.ts';
import { renderManifest } from '../../helpers/manifest/render.ts';
import { evidenceOf } from '../../helpers/verdict/testing/evidence-of.ts';

const folder = process.env['CHART_MANIFESTS'];

/** A real chart with one text in place of another, everywhere; throws where it is not there. */
function changed(name: string, ...changes: readonly (readonly [RegExp, string])[]): string {
  const chart = readFileSync(path.join(folder ?? '', name), 'utf8');
  return changes.reduce((text, [pattern, by]) => {
    if (!pattern.test(text)) throw new Error(`${name} does not contain ${pattern.source}`);
    return text.replace(pattern, by);
  }, chart);
}

function rendered(text: string) {
  return evidenceOf(renderManifest([{ name: 'm.yaml', text }], {}).observation);
}

/** Failures as `CODE Kind/name, places`. */
function failures(text: string): readonly string[] {
  const findings = findingsOf(rendered(text));
  onTestFailed(() => console.error(troubles(findings)));
  return findings
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive')
    .map(({ code, subject, evidence = [] }) => {
      const lines = evidence.map(({ at }) => at).filter((at) => /^m\.yaml:\d+$/.test(at));
      return `${code} ${subject.kind}/${subject.name} ${lines[0] ?? 'without a line'}`;
    });
}

/** etcd's claim template, up to the end of its StatefulSet. */
const etcdTemplate = /volumes:\n {2}volumeClaimTemplates:\n {4}- metadata:\n {8}name: data\n(?: {6}.*\n)+/;

describe.skipIf(folder === undefined)('a rendered chart with one mistake in it (CHART_MANIFESTS)', () => {
  const woodpecker = 'v2.6.2-woodpecker.yaml';

  test('persistence off for etcd: its data is on an emptyDir, at the StatefulSet’s line', () => {
    const text = changed(woodpecker, [etcdTemplate, 'volumes:\n        - {name: data, emptyDir: {}}\n']);
    expect(failures(text)).toEqual(['STO-040 StatefulSet/my-release-etcd m.yaml:925']);
  });

  test('etcd on a hostPath', () => {
    const text = changed(woodpecker, [
      etcdTemplate,
      'volumes:\n        - {name: data, hostPath: {path: /data}}\n',
    ]);
    expect(failures(text)).toEqual(['STO-060 StatefulSet/my-release-etcd m.yaml:925']);
  });

  test('Woodpecker local in a cluster: the log lies on the streaming node’s emptyDir', () => {
    const text = changed(woodpecker, [
      / {2}user\.yaml: \|-\n/,
      '$&    woodpecker: {storage: {type: local}}\n',
    ]);
    expect(failures(text)).toEqual([
      expect.stringMatching(/^WAL-040 Deployment\/my-release-milvus-streamingnode m\.yaml:\d+$/),
    ]);
  });

  test('one ReadWriteOnce claim under two workloads', () => {
    const claim = [
      '---',
      'kind: PersistentVolumeClaim',
      'metadata: {name: shared}',
      'spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}',
      '',
    ].join('\n');
    const text =
      changed(woodpecker, [
        /- name: tools\n {8}emptyDir: \{\}/g,
        '- name: tools\n        persistentVolumeClaim: {claimName: shared}',
      ]) + claim;
    expect(failures(text)).toContainEqual(
      expect.stringMatching(/^STO-190 PersistentVolumeClaim\/shared m\.yaml:\d+$/),
    );
  });

  test('another storage class is shown; only a cluster knows whether it exists', () => {
    const text = changed(woodpecker, [/name: export\n {6}spec:\n/, '$&        storageClassName: fast\n']);
    expect(failures(text)).toEqual([]);
    const { observation, requirements } = rendered(text);
    const classes = plannedClaims(observation, requirements).map(({ name, storageClass }) => [
      name,
      storageClass,
    ]);
    expect(Object.fromEntries(classes)).toMatchObject({
      'data-my-release-etcd-0': undefined,
      'export-my-release-minio-3': 'fast',
    });
  });

  test('a configuration whose aliases would fill the memory cannot be read, and that is said', () => {
    const rows = Array.from(
      { length: 9 },
      (_, at) => `    a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`,
    );
    const text = changed(woodpecker, [
      / {2}user\.yaml: \|-\n/,
      `$&    a0: &a0 [x,x,x,x,x,x,x,x,x]\n${rows.join('\n')}\n`,
    ]);
    expect(failures(text)).toEqual([
      expect.stringMatching(/^CFG-010 ConfigMap\/my-release-milvus m\.yaml:\d+$/),
    ]);
  });

  test('indexnode left on in 2.6', () => {
    const text = readFileSync(path.join(folder ?? '', woodpecker), 'utf8');
    const deployment =
      /apiVersion: apps\/v1\nkind: Deployment\nmetadata:\n  name: my-release-milvus-querynode\n(?:(?!\n---)[^])*/.exec(
        text,
      )?.[0] ?? '';
    const indexnode = deployment.replaceAll('querynode', 'indexnode');
    expect(indexnode).not.toBe('');
    expect(failures(`${text}\n---\n${indexnode}\n`)).toEqual([
      expect.stringMatching(/^HLT-130 Deployment\/my-release-milvus-indexnode m\.yaml:\d+$/),
    ]);
  });
});
