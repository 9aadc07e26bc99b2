import { UsageError } from '../engine/usage-error.ts';
import { readManifestFiles } from '../manifest/read-files.ts';
import { renderManifest } from '../manifest/render.ts';
import type { Observation } from '../topology/observation.ts';
import { runAndPrint } from './gate.ts';
import { understandManifest } from './understand-manifest.ts';
import { settingsFrom, type GivenFlags } from './options/settings.ts';

/**
 * Asks a cluster, before an install, whether it has what the install needs. Changes nothing there.
 * @throws UsageError, ManifestError
 */
export async function preflight(flags: GivenFlags): Promise<number> {
  const { manifest: given, ...where } = flags;
  const { destination, ...settings } = settingsFrom(where);
  if (destination.kind === 'saved') {
    throw new UsageError(
      'preflight: --from names a run that was made already; "gate --from" judges it again',
    );
  }
  // In the options file `manifest` is what is to be installed, as the flag is.
  const file = given ?? (destination.kind === 'manifest' ? destination.file : undefined);
  const manifest = file === undefined ? undefined : await readManifest(file, settings);
  const namespace =
    settings.namespace ?? (manifest?.namespace === 'default' ? undefined : manifest?.namespace);
  return runAndPrint(
    {
      ...settings,
      namespace,
      readOnly: true,
      destination: {
        kind: 'preflight',
        place: destination.kind === 'manifest' ? { kind: 'cluster' } : destination,
        manifest,
      },
    },
    flags.json === true,
  );
}

async function readManifest(
  file: string,
  { namespace, instance }: { readonly namespace: string | undefined; readonly instance: string | undefined },
): Promise<Observation> {
  const files = await readManifestFiles([file], process.stdin);
  const rendered = renderManifest(files, namespace === undefined ? {} : { namespace });
  understandManifest(rendered, instance);
  return rendered.observation;
}
