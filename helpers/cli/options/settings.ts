import { existsSync } from 'node:fs';
import { evidenceFiles } from '../../engine/run-folder.ts';
import { codes } from '../../engine/codes.ts';
import { suggestion } from '../../engine/suggest.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { Destination, GateSettings, TargetSettings } from '../../engine/settings.ts';
import { validateSelection } from '../../engine/selection.ts';
import { layouts, type Layout } from '../flags.ts';
import { wholeNumber } from './numbers.ts';
import { readOptionsFile } from './file.ts';
import type { FileOptions } from './schema.ts';

/** What commander read. Every flag of every command is here; a command has only some. */
export interface GivenFlags {
  readonly embedded?: string | true;
  readonly manifest?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
  readonly instance?: string;
  readonly from?: string;
  readonly config?: string;
  readonly out?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly readOnly?: boolean;
  readonly thorough?: boolean;
  readonly json?: boolean;
  readonly images?: boolean;
  readonly diff?: boolean;
  readonly list?: boolean;
  readonly dryRun?: boolean;
  readonly repeat?: string;
  readonly budget?: string;
  readonly load?: string;
  readonly seed?: string;
  readonly consent?: boolean;
  readonly save?: string;
  readonly withCanary?: boolean;
  readonly rows?: string;
  readonly rowsPerSecond?: string;
  readonly to?: string;
  readonly apply?: string;
  readonly helm?: string;
  readonly rollback?: boolean;
}

/** A container that restarted longer ago than this is history: ten minutes. */
const restartWindowMs = 10 * 60_000;

/**
 * Flags and options file as what the engine runs by. Flags win; a flag that says where to look (--embedded,
 * --manifest, --kubeconfig, --context, --from) puts all of the file's such keys aside.
 * @throws UsageError
 */
export function settingsFrom(
  flags: GivenFlags,
  file = readOptionsFile(flags.config),
): GateSettings & TargetSettings {
  const destination = destinationOf(flags) ?? destinationOf(file) ?? { kind: 'cluster' };
  const selection = {
    only: selectors(flags.only ?? file.only),
    skip: selectors(flags.skip ?? file.skip),
  };
  validateSelection(selection, codes);
  const readOnly = flags.readOnly ?? file.readOnly ?? false;
  const thorough = flags.thorough ?? file.thorough ?? false;
  if (readOnly && thorough) {
    throw new UsageError('--thorough writes and --read-only forbids it; expected one of them');
  }
  const namespace = flags.namespace ?? file.namespace;
  const instance = flags.instance ?? file.instance;
  return {
    destination,
    namespace,
    instance,
    out: flags.out ?? file.out ?? 'reports',
    selection,
    readOnly,
    thorough,
    seed: wholeNumber('--seed', flags.seed, 0, 2 ** 31 - 1),
    expectations: {
      requireLogClaim: file.wal?.requireClaim ?? 'configuration',
      restartWindowMs,
    },
    waivers: file.waivers ?? [],
  };
}

type Where = Pick<GivenFlags, 'embedded' | 'manifest' | 'kubeconfig' | 'context' | 'from'>;

function destinationOf(given: Where | FileOptions): Destination | undefined {
  const { embedded, manifest, from, kubeconfig, context } = given;
  const cluster = kubeconfig === undefined ? context && '--context' : '--kubeconfig';
  const named = [
    embedded !== undefined && '--embedded',
    manifest !== undefined && '--manifest',
    cluster,
    from !== undefined && '--from',
  ].filter((flag) => typeof flag === 'string');
  if (named.length > 1) {
    throw new UsageError(`${named.join(' and ')} each say where to look; expected one of them`);
  }
  if (embedded !== undefined) return { kind: 'embedded', layout: layoutOf(embedded) };
  if (manifest !== undefined)
    return {
      kind: 'manifest',
      file: existing('--manifest', manifest, 'a file of Kubernetes objects in YAML'),
    };
  if (from !== undefined) return { kind: 'saved', folder: savedRun(from) };
  if (cluster === undefined) return undefined;
  return {
    kind: 'cluster',
    ...(kubeconfig !== undefined && {
      kubeconfig: existing('--kubeconfig', kubeconfig, 'a kubeconfig file'),
    }),
    ...(context !== undefined && { context }),
  };
}

function savedRun(folder: string): string {
  existing('--from', folder, 'the folder of an earlier run');
  if (existsSync(evidenceFiles(folder).observation)) return folder;
  throw new UsageError(
    `--from: '${folder}' holds no observation.json; expected the folder of an earlier run`,
  );
}

function layoutOf(given: string | true): Layout {
  const name = given === true ? layouts[0] : given;
  const layout = layouts.find((candidate) => candidate === name);
  if (layout !== undefined) return layout;
  throw new UsageError(
    `--embedded: unknown layout '${name}'; expected ${layouts.join(', ')}.${suggestion(name, layouts)}`,
  );
}

function existing(flag: string, file: string, expected: string): string {
  if (existsSync(file)) return file;
  throw new UsageError(`${flag}: '${file}' does not exist; expected ${expected}`);
}

function selectors(given: string | readonly string[] | undefined): readonly string[] {
  return [given ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((selector) => selector.trim().toUpperCase())
    .filter((selector) => selector !== '');
}
