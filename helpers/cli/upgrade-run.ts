import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { discoverTarget } from '../engine/discover.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import { UsageError } from '../engine/usage-error.ts';
import { backCommands, changeCommands } from '../upgrade/change.ts';
import { componentFacts } from '../upgrade/deployment-facts.ts';
import { readRunState, writeRunState, type RunState } from '../upgrade/run-state.ts';
import { readSnapshot } from '../upgrade/snapshot-file.ts';
import { saveFiles } from '../upgrade/upgrade-folder.ts';
import { changeFrom } from './options/change.ts';
import { loadOf } from './options/experiments.ts';
import { duration } from './options/numbers.ts';
import type { GivenFlags } from './options/settings.ts';
import { planFrom, saveFolder, upgradedFrom } from './options/upgrade.ts';
import { say } from './output.ts';
import { chooseProgress } from './progress.ts';
import { makeLeg, objectsFile, reachedBy, show, stateFile, type UpgradeRun } from './upgrade-leg.ts';
import { rolloutBudgetMs } from './upgrade.ts';

/**
 * An upgrade in one go: before, the change, during, after, and with `--rollback` the same back. Goes on where an
 * earlier run of the same folder was cut short.
 * @throws UsageError, also without consent: it is then only shown what would be done
 */
export async function upgradeRun(flags: GivenFlags): Promise<number> {
  const folder = saveFolder(flags);
  const change = changeFrom(flags);
  const settings = upgradedFrom(flags);
  const run: UpgradeRun = {
    flags,
    folder,
    change,
    settings,
    asked: JSON.stringify({ ...change, rollback: flags.rollback === true }),
    budgetMs: duration('--budget', flags.budget) ?? rolloutBudgetMs,
    level: loadOf(flags.load, 'light'),
  };
  if (flags.consent !== true) await showOnly(run);
  await mkdir(folder, { recursive: true });
  const state = await stateOf(run);
  if (state.step === 'done') {
    throw new UsageError(
      `--save: the upgrade of '${folder}' was made to its end; its reports are there. Expected another folder for another upgrade`,
    );
  }
  if (state.leg === 'forth') {
    const code = await goForth(run, state);
    if (code !== exitCodes.pass || flags.rollback !== true) return code;
    await writeRunState(stateFile(run), { ...state, leg: 'back', step: 'before' });
    return goBack(run, 'before');
  }
  return goBack(run, state.step);
}

/** @throws UsageError always: without consent nothing is done */
async function showOnly(run: UpgradeRun): Promise<never> {
  using interruption = onInterrupt(say);
  const seen = await discoverTarget(run.settings, await chooseProgress(), interruption.signal);
  const { name, managedBy } = seen.topology.instance;
  const deployment = { components: componentFacts(seen.topology), managedBy, instance: name };
  show(
    changeCommands(run.change, deployment, reachedBy(run, seen.topology.instance.namespace), run.budgetMs),
  );
  throw new UsageError(
    'Nothing was changed. --consent makes it: a snapshot first, then these commands under reads and writes, then the comparison',
  );
}

async function stateOf(run: UpgradeRun): Promise<RunState> {
  const known = await readRunState(stateFile(run));
  if (known === undefined) return { schemaVersion: 1, asked: run.asked, leg: 'forth', step: 'before' };
  if (known.asked === run.asked) {
    if (known.step !== 'done') say(`Going on where the last run was: ${known.leg}, ${known.step}.`);
    return known;
  }
  throw new UsageError(
    `--save: '${run.folder}' is of another upgrade (${known.asked}); expected a folder of its own for each`,
  );
}

/** The way there. */
async function goForth(run: UpgradeRun, { step }: RunState): Promise<number> {
  const { change, flags, settings } = run;
  const plan =
    change.kind === 'helm'
      ? undefined
      : await planFrom(change.kind === 'image' ? flags : { apply: change.file }, settings);
  return makeLeg(run, {
    leg: 'forth',
    folder: run.folder,
    step,
    plan,
    last: flags.rollback !== true,
    commands: async () => {
      const { deployment, instance, namespace } = await readSnapshot(saveFiles(run.folder).snapshot);
      return changeCommands(change, { ...deployment, instance }, reachedBy(run, namespace), run.budgetMs);
    },
  });
}

/** The way back, compared with a snapshot of its own. */
async function goBack(run: UpgradeRun, step: RunState['step']): Promise<number> {
  const first = await readSnapshot(saveFiles(run.folder).snapshot);
  const { deployment, instance, namespace } = first;
  return makeLeg(run, {
    leg: 'back',
    folder: path.join(run.folder, 'back'),
    step,
    plan: { kind: 'back', from: '--rollback', deployment },
    last: true,
    commands: async () =>
      backCommands(
        run.change,
        { ...deployment, instance },
        reachedBy(run, namespace),
        run.budgetMs,
        objectsFile(run.folder),
      ),
  });
}
