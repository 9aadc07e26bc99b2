import { existsSync } from 'node:fs';
import { UsageError } from '../../engine/usage-error.ts';
import type { GateSettings, TargetSettings } from '../../engine/settings.ts';
import { readManifestFiles } from '../../manifest/read-files.ts';
import { renderManifest } from '../../manifest/render.ts';
import type { PlanAsked } from '../../upgrade/plan.ts';
import type { ReadLimits } from '../../upgrade/snapshot.ts';
import { saveFiles } from '../../upgrade/upgrade-folder.ts';
import { wholeNumber } from './numbers.ts';
import { settingsFrom, type GivenFlags } from './settings.ts';

const most = 2 ** 31 - 1;

/** How much is read: rows of a collection, and rows a second. */
const defaults: ReadLimits = { rows: 100_000, rowsPerSecond: 20_000 };

/** The folder that `--save` names. @throws UsageError */
export function saveFolder({ save }: GivenFlags): string {
  if (save !== undefined) return save;
  throw new UsageError('--save: no folder given; expected one for what must be known after the upgrade');
}

/** The folder that `--save` or `--from` names, in which `upgrade before` must have been. @throws UsageError */
export function savedFolder(flag: '--save' | '--from', folder: string | undefined): string {
  if (folder !== undefined && existsSync(saveFiles(folder).snapshot)) return folder;
  const given = folder === undefined ? 'no folder given' : `'${folder}' holds no snapshot.json`;
  throw new UsageError(`${flag}: ${given}; expected the folder that "upgrade before --save" wrote`);
}

/** @throws UsageError */
export function limitsFrom(flags: GivenFlags): ReadLimits {
  return {
    rows: wholeNumber('--rows', flags.rows, 1, most) ?? defaults.rows,
    rowsPerSecond: wholeNumber('--rows-per-second', flags.rowsPerSecond, 1, most) ?? defaults.rowsPerSecond,
  };
}

/** Where the deployment is: a cluster that is there, whatever the options file says besides. @throws UsageError */
export function upgradedFrom(flags: GivenFlags): GateSettings & TargetSettings {
  const { from: _saved, ...where } = flags;
  const settings = settingsFrom(where);
  const { destination } = settings;
  if (destination.kind === 'cluster') return settings;
  throw new UsageError(
    'upgrade: the options file says to look at something else than a cluster; expected one that can be upgraded: give --context or --kubeconfig',
  );
}

/** What is to be installed, as far as it was said. @throws UsageError, ManifestError */
export async function planFrom(
  { to, apply }: Pick<GivenFlags, 'to' | 'apply'>,
  { namespace }: Pick<TargetSettings, 'namespace'>,
): Promise<PlanAsked | undefined> {
  if (to !== undefined && apply !== undefined) {
    throw new UsageError('--to and --apply each say what to install; expected one of them');
  }
  if (to !== undefined) {
    if (/^[^\s:@]+(?:[/:@][^\s]*)+$/.test(to)) return { kind: 'image', from: `--to ${to}`, image: to };
    throw new UsageError(
      `--to: '${to}' is no image with its tag; expected one such as milvusdb/milvus:v2.6.2`,
    );
  }
  if (apply === undefined) return undefined;
  const where = namespace === undefined ? {} : { namespace };
  const { observation } = renderManifest(await readManifestFiles([apply], process.stdin), where);
  return { kind: 'manifest', from: `--apply ${apply}`, manifest: observation };
}
