import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { discoverTarget } from '../engine/discover.ts';
import { lookDuring } from '../engine/during.ts';
import { exitCodes } from '../engine/exit-code.ts';
import { onInterrupt } from '../engine/interrupt.ts';
import type { GateSettings, TargetSettings } from '../engine/settings.ts';
import { UsageError } from '../engine/usage-error.ts';
import {
  backCommands,
  changeCommands,
  commandText,
  getCommand,
  type ChangeAsked,
  type Command,
  type Reached,
} from '../upgrade/change.ts';
import { componentFacts } from '../upgrade/deployment-facts.ts';
import type { PlanAsked } from '../upgrade/plan.ts';
import { runCommands, saveObjects } from '../upgrade/run-command.ts';
import { readRunState, writeRunState, type RunState } from '../upgrade/run-state.ts';
import { readSnapshot } from '../upgrade/snapshot-file.ts';
import { saveFiles } from '../upgrade/upgrade-folder.ts';
import { runAndPrint } from './gate.ts';
import { changeFrom } from './options/change.ts';
import { loadOf } from './options/experiments.ts';
import { duration } from './options/numbers.ts';
import type { GivenFlags } from './options/settings.ts';
import { limitsFrom, planFrom, saveFolder, upgradedFrom } from './options/upgrade.ts';
import { say } from './output.ts';
import { chooseProgress } from './progress.ts';
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

interface UpgradeRun {
  readonly flags: GivenFlags;
  readonly folder: string;
  readonly change: ChangeAsked;
  readonly settings: GateSettings & TargetSettings;
  /** What makes a run the same run. */
  readonly asked: string;
  readonly budgetMs: number;
  readonly level: ReturnType<typeof loadOf>;
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

function show(commands: readonly Command[]): void {
  say('The change:');
  for (const command of commands) say(`  ${commandText(command)}`);
}

function stateFile({ folder }: UpgradeRun): string {
  return path.join(folder, 'run.json');
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

interface Leg {
  readonly leg: RunState['leg'];
  readonly folder: string;
  readonly step: RunState['step'];
  readonly plan: PlanAsked | undefined;
  /** Whether no other leg follows. */
  readonly last: boolean;
  readonly commands: () => Promise<readonly Command[]>;
}

/** Before, the change under reads and writes, after: from the step on that the leg is at. */
async function makeLeg(run: UpgradeRun, { leg, folder, step, plan, last, commands }: Leg): Promise<number> {
  const { flags, settings, asked } = run;
  const json = flags.json === true;
  const at = (next: RunState['step']) =>
    writeRunState(stateFile(run), { schemaVersion: 1, asked, leg, step: next });
  if (step === 'before') {
    await at('before');
    const limits = limitsFrom(flags);
    const canary = flags.withCanary === true;
    const before: GateSettings = {
      ...settings,
      readOnly: !canary,
      selection: { only: [], skip: [] },
      upgrade: { stage: 'before', folder, limits, canary, plan },
    };
    const code = await runAndPrint(before, json);
    if (code !== exitCodes.pass) {
      say('Nothing was changed: see above.');
      return code;
    }
  }
  if (step !== 'after') {
    await at('change');
    await makeChange(run, folder, leg, await commands());
  }
  await at('after');
  const code = await runAndPrint({ ...settings, upgrade: { stage: 'after', folder } }, json);
  if (last || code !== exitCodes.pass) await at('done');
  return code;
}

async function makeChange(
  run: UpgradeRun,
  folder: string,
  leg: RunState['leg'],
  commands: readonly Command[],
): Promise<void> {
  using interruption = onInterrupt(say);
  const { signal } = interruption;
  show(commands);
  const { change, settings, level, budgetMs } = run;
  if (leg === 'forth' && change.kind === 'manifest' && !existsSync(objectsFile(folder))) {
    const { namespace } = await readSnapshot(saveFiles(folder).snapshot);
    await saveObjects(getCommand(change.file, reachedBy(run, namespace)), objectsFile(folder), signal);
  }
  await lookDuring(
    settings,
    { folder, level, budgetMs, change: (tell, stop) => runCommands(commands, tell, stop) },
    await chooseProgress(),
    signal,
  );
}

/** Objects as they were before a manifest was applied over them. */
function objectsFile(folder: string): string {
  return path.join(folder, 'objects-before.json');
}

function reachedBy({ settings }: UpgradeRun, namespace: string): Reached {
  const { destination } = settings;
  const cluster = destination.kind === 'cluster' ? destination : undefined;
  return { kubeconfig: cluster?.kubeconfig, context: cluster?.context, namespace };
}
