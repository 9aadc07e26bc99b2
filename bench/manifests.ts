import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { execa } from 'execa';
import { layoutObjects } from '../fixtures/layouts/layouts.ts';
import { manifestYaml, type ManifestObject } from '../fixtures/layouts/manifest.ts';
import { median } from './median.ts';

/**
 * How long the built `manifests` takes for a manifest of 2,000 objects. `startMs` is the same command on a layout alone,
 * so the start of Node, of the engine and of the reports; `judgedMs` is what the other objects add to that. JSON on
 * stdout, a table on stderr. Run `npm run build` first.
 */
const objects = 2000;
const runs = 5;
const goals = { judgedMs: 1000 } as const;
const command = path.join(import.meta.dirname, '..', 'bin', 'milvus-conformance.js');
const namespace = 'bench';

const folder = await mkdtemp(path.join(tmpdir(), 'bench-manifests-'));
try {
  const layout = layoutObjects('woodpecker', { namespace });
  const others = Array.from({ length: objects - layout.length }, (_, index) => other(index));
  const small = await write('small.yaml', layout);
  const large = await write('large.yaml', [...layout, ...others]);
  const startTimes: number[] = [];
  const wallTimes: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    startTimes.push(await judge(small));
    wallTimes.push(await judge(large));
  }
  const startMs = median(startTimes);
  const wallMs = median(wallTimes);
  const results = { objects, startMs, wallMs, judgedMs: wallMs - startMs };

  const table = new Table({ style: { head: [], border: [] }, head: ['manifests', 'objects', 'ms'] });
  table.push(['a layout: start-up', layout.length, startMs], ['large', objects, wallMs]);
  table.push(['without start-up', objects - layout.length, results.judgedMs]);
  console.error(table.toString());
  console.log(JSON.stringify({ bench: 'manifests', runs, goals, results }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function write(name: string, all: readonly ManifestObject[]): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, manifestYaml(all));
  return file;
}

/** An object beside Milvus: a quarter each of Deployments with a claim, claims, Services and ConfigMaps. */
function other(index: number): ManifestObject {
  const name = `other-${Math.floor(index / 4)}`;
  const metadata = { name, namespace };
  const labels = { app: name };
  switch (index % 4) {
    case 0:
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                { name: 'main', image: 'nginx:1', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
              ],
              volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }],
            },
          },
        },
      };
    case 1:
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
      };
    case 2:
      return {
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { selector: labels, ports: [{ port: 80 }] },
      };
    default:
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { text: 'some: settings\n'.repeat(20) } };
  }
}

/** Milliseconds of one `manifests`; one that does not pass is no measurement. */
async function judge(file: string): Promise<number> {
  const began = performance.now();
  await execa(process.execPath, [command, 'manifests', file, '--out', path.join(folder, 'reports')], {
    killDescendants: true,
  });
  return Math.round(performance.now() - began);
}
