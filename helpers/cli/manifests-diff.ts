import { UsageError } from '../engine/usage-error.ts';
import { diffManifests, isHarmful } from '../manifest/diff.ts';
import { readManifestFiles } from '../manifest/read-files.ts';
import { renderManifest } from '../manifest/render.ts';
import { summarize } from '../manifest/summary.ts';
import { lookOf } from '../report/look.ts';
import { requireDurability } from '../topology/require.ts';
import { understandManifest } from './understand-manifest.ts';
import { print } from './output.ts';

/**
 * Prints what applying the second manifest over the first will do. Exit code 1 where `apply` fails at an object, the
 * log is switched, or data is left behind.
 * @throws UsageError, ManifestError
 */
export async function compareManifests(
  paths: readonly string[],
  where: { readonly namespace?: string },
  instance: string | undefined,
  json: boolean,
): Promise<number> {
  const [old, next, ...more] = paths;
  if (old === undefined || next === undefined || more.length > 0) {
    throw new UsageError(
      `--diff: ${paths.length} manifests given; expected two, the old one and the new one`,
    );
  }
  const [before, after] = await Promise.all([readSide(old), readSide(next)]);
  const diff = diffManifests(before, after);
  if (json) {
    await print(
      `${JSON.stringify({ schemaVersion: 1, old, new: next, harmful: isHarmful(diff), ...diff }, null, 2)}\n`,
    );
  } else {
    const { manifestDiffText } = await import('../report/manifest-diff.ts');
    await print(
      manifestDiffText(
        { old, next, instance: after.summary.topology.instance.name },
        diff,
        lookOf(process.stdout, process.env),
      ),
    );
  }
  return isHarmful(diff) ? 1 : 0;

  async function readSide(path: string) {
    const rendered = renderManifest(await readManifestFiles([path], process.stdin), where);
    const topology = understandManifest(rendered, instance);
    return { rendered, summary: summarize(rendered, topology, requireDurability(topology)) };
  }
}
