import { UsageError } from '../../engine/usage-error.ts';
import { helmWords, type ChangeAsked } from '../../upgrade/change.ts';
import type { GivenFlags } from './settings.ts';

/** How `upgrade run` makes the change. @throws UsageError unless it is said in just one way */
export function changeFrom({ to, apply, helm }: GivenFlags): ChangeAsked {
  const given = Object.entries({ '--to': to, '--apply': apply, '--helm': helm }).filter(
    ([, value]) => value !== undefined,
  );
  if (given.length !== 1) {
    const named =
      given.length === 0 ? 'none of them given' : `${given.map(([flag]) => flag).join(' and ')} given`;
    throw new UsageError(
      `upgrade run: ${named}; expected one of --to IMAGE, --apply FILE, --helm "ARGUMENTS"`,
    );
  }
  if (to !== undefined) return { kind: 'image', image: to };
  if (apply !== undefined) {
    if (apply !== '-') return { kind: 'manifest', file: apply };
    throw new UsageError('--apply: the manifest is read more than once; expected a file, not stdin');
  }
  const words = helmWords(helm ?? '');
  if (words[0] === 'upgrade' && words.length >= 3) return { kind: 'helm', words };
  throw new UsageError(
    `--helm: '${helm}' is no upgrade; expected helm’s own words, such as "upgrade my-release zilliztech/milvus"`,
  );
}
