import { cp, mkdir } from 'node:fs/promises';
import { readyPods } from '../kubernetes/pods.ts';
import { requireDurability } from '../topology/require.ts';
import type { Component, Topology } from '../topology/model.ts';
import { askProxies, type NamedProxy } from '../upgrade/ask-proxies.ts';
import { deploymentFacts } from '../upgrade/deployment-facts.ts';
import { readBudgets } from '../upgrade/disruption-budgets.ts';
import { planFor } from '../upgrade/plan.ts';
import type { ProxyFacts, Snapshot } from '../upgrade/snapshot.ts';
import { readSnapshot, SnapshotError, writeSnapshot } from '../upgrade/snapshot-file.ts';
import { takeContents } from '../upgrade/take-snapshot.ts';
import { Unfinished } from '../upgrade/unfinished.ts';
import { lastDuring, makeUpgradeFolder, saveFiles } from '../upgrade/upgrade-folder.ts';
import { HistoryFile } from '../workload/history-file.ts';
import { openEach } from '../workload/open-each.ts';
import { apiComponent, openProxy } from './proxy.ts';
import type { Known, Run } from './run-parts.ts';
import { drawSeed } from './seed.ts';
import type { UpgradeSettings } from './settings.ts';
import type { OpenTarget } from './target.ts';
import { findCanary, plantCanary, type ThroughProxy } from './upgrade-canary.ts';
import { UsageError } from './usage-error.ts';

/** Names of the suite's own collections: `mc_20261125_101500_3fa1_canary`. */
const ownName = /^mc_\d{8}_\d{6}_[0-9a-f]{4}_/;

type Before = Extract<UpgradeSettings, { stage: 'before' }>;
type After = Extract<UpgradeSettings, { stage: 'after' }>;

/** Looks before an upgrade or after it. Throws UsageError, EnvironmentError, or the signal's reason. */
export async function takeUpgrade(
  target: OpenTarget,
  topology: Topology,
  upgrade: UpgradeSettings,
  run: Run,
  known: Known,
): Promise<void> {
  const component = apiComponent(topology);
  if (component === undefined)
    throw new UsageError('upgrade: no component with replicas serves the Milvus API');
  const looker = new Looker(target, topology, component, run, known);
  if (upgrade.stage === 'before') await looker.before(upgrade);
  else await looker.after(upgrade);
}

class Looker {
  readonly #target: OpenTarget;
  readonly #topology: Topology;
  readonly #component: Component;
  readonly #run: Run;
  readonly #known: Known;

  constructor(target: OpenTarget, topology: Topology, component: Component, run: Run, known: Known) {
    this.#target = target;
    this.#topology = topology;
    this.#component = component;
    this.#run = run;
    this.#known = known;
  }

  async before(asked: Before): Promise<void> {
    const files = await makeUpgradeFolder(this.#run.folder.path);
    const saved = saveFiles(asked.folder);
    await mkdir(saved.path, { recursive: true });
    const unfinished = await Unfinished.open(saved.unfinished, {
      instance: this.#topology.instance.name,
      limits: asked.limits,
    });
    const takenAt = new Date().toISOString();
    const contents = await this.#contents(asked, unfinished, undefined);
    const proxies = await this.#proxies(files.proxies, false);
    const canary = asked.canary
      ? await plantCanary(this.#run, this.#through, { saved: saved.canary, history: files.canary })
      : undefined;
    const { observation } = this.#known;
    const snapshot: Snapshot = {
      ...(await this.#frame(takenAt, asked.limits)),
      ...contents,
      proxies,
      ...(canary !== undefined && { canary }),
      ...(asked.plan !== undefined &&
        observation !== undefined && { plan: planFor(asked.plan, observation, this.#topology) }),
    };
    await writeSnapshot(saved.snapshot, snapshot);
    await unfinished.remove();
    await writeSnapshot(files.before, snapshot);
    this.#known.upgrade = { before: snapshot, after: undefined, during: undefined };
  }

  async after({ folder }: After): Promise<void> {
    const files = await makeUpgradeFolder(this.#run.folder.path);
    const saved = saveFiles(folder);
    const before = await readBefore(saved.snapshot);
    await writeSnapshot(files.before, before);
    this.#known.upgrade = { before, after: undefined, during: undefined };
    const takenAt = new Date().toISOString();
    const contents = await this.#contents(before, undefined, before);
    const proxies = await this.#proxies(files.proxies, !this.#run.settings.readOnly);
    const canary =
      before.canary === undefined
        ? undefined
        : await findCanary(this.#run, this.#through, before.canary, {
            saved: saved.canary,
            history: files.canary,
          });
    const during = await lastDuring(saved);
    if (during !== undefined) await cp(during, files.during, { recursive: true });
    const snapshot: Snapshot = {
      ...(await this.#frame(takenAt, before.limits)),
      ...contents,
      proxies,
      ...(canary !== undefined && { canary }),
    };
    await writeSnapshot(files.after, snapshot);
    this.#known.upgrade = { before, after: snapshot, during: undefined };
  }

  #contents(
    { limits }: Pick<Snapshot, 'limits'>,
    unfinished: Unfinished | undefined,
    before: Snapshot | undefined,
  ): ReturnType<typeof takeContents> {
    const { progress, signal } = this.#run;
    return progress.phase('Read collections and their rows', async (say) => {
      const value = await this.#through((target) =>
        takeContents({
          target,
          limits,
          unfinished,
          before,
          isOwn: (name) => ownName.test(name),
          signal,
          progress: say,
        }),
      );
      const { collections, cost } = value;
      const again =
        unfinished === undefined || unfinished.size === 0 ? '' : `, ${unfinished.size} read before`;
      return {
        value,
        remark: `${collections.length} collections${again}, ${cost.rows} rows, ${cost.requests} requests`,
      };
    });
  }

  #proxies(history: string, write: boolean): Promise<ProxyFacts[]> {
    const { progress, signal } = this.#run;
    const { namespace } = this.#topology.instance;
    const { connection } = this.#target;
    return progress.phase('Ask each proxy', async () => {
      const pods = await readyPods(connection, namespace, this.#component.workload.templateLabels, signal);
      await using opened = await openEach(pods, (pod) =>
        openProxy(connection, this.#topology, this.#component, process.env, async () => pod),
      );
      const named = opened.each.flatMap(({ target }, at): NamedProxy[] => {
        const pod = pods[at];
        return pod === undefined ? [] : [{ pod, target }];
      });
      await using recorder = this.#recorder(history, 'proxies', `${ownPrefix(this.#run.folder.id)}_proxies`);
      const value = await askProxies(named, { recorder, write, signal });
      recorder.end();
      return {
        value,
        remark: `${value.length} ${write ? 'written and read through' : 'asked for the version'}`,
      };
    });
  }

  readonly #through: ThroughProxy = async (body) => {
    await using proxy = await openProxy(
      this.#target.connection,
      this.#topology,
      this.#component,
      process.env,
    );
    return await body(proxy.target);
  };

  #recorder(file: string, workload: string, collection: string): HistoryFile {
    const chosen = this.#run.settings.seed ?? drawSeed();
    return new HistoryFile(file, { workload, seed: chosen, collection });
  }

  async #frame(
    takenAt: string,
    limits: Snapshot['limits'],
  ): Promise<
    Pick<
      Snapshot,
      | 'schemaVersion'
      | 'takenAt'
      | 'finishedAt'
      | 'simulation'
      | 'namespace'
      | 'instance'
      | 'limits'
      | 'deployment'
    >
  > {
    const { observation } = this.#known;
    if (observation === undefined) throw new Error('nothing was observed before the snapshot');
    const { name, namespace } = this.#topology.instance;
    return {
      schemaVersion: 1,
      takenAt,
      finishedAt: new Date().toISOString(),
      simulation: this.#target.source.kind === 'embedded',
      namespace,
      instance: name,
      limits,
      deployment: deploymentFacts(
        observation,
        this.#topology,
        requireDurability(this.#topology),
        await readBudgets(this.#target.connection, this.#topology, this.#run.signal),
      ),
    };
  }
}

function ownPrefix(id: string): string {
  return `mc_${id.replaceAll(/[^A-Za-z0-9]+/g, '_')}`;
}

async function readBefore(file: string): Promise<Snapshot> {
  try {
    return await readSnapshot(file);
  } catch (error) {
    if (error instanceof SnapshotError) throw new UsageError(`--from: ${error.message}`, { cause: error });
    throw error;
  }
}
