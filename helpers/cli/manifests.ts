import { readManifestFiles } from '../manifest/read-files.ts';
import { renderManifest } from '../manifest/render.ts';
import { summarize } from '../manifest/summary.ts';
import { lookOf } from '../report/look.ts';
import { manifestRecord } from '../report/manifest.ts';
import { terminalVerdict } from '../report/terminal.ts';
import { requireDurability } from '../topology/require.ts';
import { runShown } from './gate.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';
import { print } from './output.ts';
import { understandManifest } from './understand-manifest.ts';

/**
 * Judges a manifest before it is applied, with the gate's own checks and reports, and no cluster.
 * @throws UsageError, ManifestError
 */
export async function manifests(flags: GivenFlags, paths: readonly string[]): Promise<number> {
  const { destination: _file, ...settings } = settingsFrom(flags);
  const { namespace, instance } = settings;
  const where = namespace === undefined ? {} : { namespace };
  if (flags.diff === true) {
    const { compareManifests } = await import('./manifests-diff.ts');
    return compareManifests(paths, where, instance, flags.json === true);
  }
  const rendered = renderManifest(await readManifestFiles(paths, process.stdin), where);
  if (flags.images === true) {
    const { imagesOf, plannedPods } = await import('../manifest/pods.ts');
    await print(
      imagesOf(plannedPods(rendered.objects))
        .map((image) => `${image}\n`)
        .join(''),
    );
    return 0;
  }
  const topology = understandManifest(rendered, instance);
  const summary = summarize(rendered, topology, requireDurability(topology));
  const { observation } = rendered;
  const results = await runShown({
    ...settings,
    destination: { kind: 'rendered', observation },
    readOnly: true,
    thorough: false,
    seed: undefined,
  });
  if (flags.json === true) {
    await print(`${JSON.stringify({ ...manifestRecord(summary), results }, null, 2)}\n`);
  } else {
    const { manifestTable } = await import('../report/manifest-table.ts');
    const look = lookOf(process.stdout, process.env);
    await print(manifestTable(summary, look) + terminalVerdict(results, look));
  }
  return results.exitCode;
}
