import { readyPods } from '../kubernetes/pods.ts';
import type { Component, Topology } from '../topology/model.ts';
import type { Observation } from '../topology/observation.ts';
import { requireDurability } from '../topology/require.ts';
import { askProxies, type NamedProxy } from '../upgrade/ask-proxies.ts';
import { deploymentFacts } from '../upgrade/deployment-facts.ts';
import { readBudgets } from '../upgrade/disruption-budgets.ts';
import type { ProxyFacts, Snapshot } from '../upgrade/snapshot.ts';
import { takeContents } from '../upgrade/take-snapshot.ts';
import type { Unfinished } from '../upgrade/unfinished.ts';
import { HistoryFile } from '../workload/history-file.ts';
import { openEach } from '../workload/open-each.ts';
import { ownPrefix, runBegan } from '../workload/own-names.ts';
import { openProxy } from './proxy.ts';
import type { Run } from './run-parts.ts';
import { drawSeed } from './seed.ts';
import type { OpenTarget } from './target.ts';
import type { ThroughProxy } from './upgrade-canary.ts';

type Frame = Pick<
  Snapshot,
  | 'schemaVersion'
  | 'takenAt'
  | 'finishedAt'
  | 'simulation'
  | 'namespace'
  | 'instance'
  | 'limits'
  | 'deployment'
>;

/** Looks at one side of an upgrade: what is in Milvus, its proxies, and the deployment. */
export class UpgradeLook {
  readonly #target: OpenTarget;
  readonly #topology: Topology;
  readonly #observation: Observation;
  readonly #component: Component;
  readonly #run: Run;

  /** @param component the one that serves the Milvus API */
  constructor(
    target: OpenTarget,
    topology: Topology,
    observation: Observation,
    component: Component,
    run: Run,
  ) {
    this.#target = target;
    this.#topology = topology;
    this.#observation = observation;
    this.#component = component;
    this.#run = run;
  }

  /** What is in it. With `before`, the rows that an earlier snapshot read. @throws the signal's reason */
  contents(
    { limits }: Pick<Snapshot, 'limits'>,
    unfinished: Unfinished | undefined,
    before: Snapshot | undefined,
  ): ReturnType<typeof takeContents> {
    const { progress, signal } = this.#run;
    return progress.phase('Read collections and their rows', async (say) => {
      const value = await this.through((target) =>
        takeContents({
          target,
          limits,
          unfinished,
          before,
          isOwn: (name) => runBegan(name) !== undefined,
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

  /** Each Ready proxy, asked by itself; its calls are kept in `history`. */
  proxies(history: string, write: boolean): Promise<ProxyFacts[]> {
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
      await using recorder = new HistoryFile(history, {
        workload: 'proxies',
        seed: this.#run.settings.seed ?? drawSeed(),
        collection: `${ownPrefix(this.#run.folder.id)}_proxies`,
      });
      const value = await askProxies(named, { recorder, write, signal });
      recorder.end();
      return {
        value,
        remark: `${value.length} ${write ? 'written and read through' : 'asked for the version'}`,
      };
    });
  }

  /** A way to the Milvus API for as long as the body runs. */
  readonly through: ThroughProxy = async (body) => {
    await using proxy = await openProxy(
      this.#target.connection,
      this.#topology,
      this.#component,
      process.env,
    );
    return await body(proxy.target);
  };

  /** All that is known without asking Milvus; `finishedAt` is now. */
  async frame(takenAt: string, limits: Snapshot['limits']): Promise<Frame> {
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
        this.#observation,
        this.#topology,
        requireDurability(this.#topology),
        await readBudgets(this.#target.connection, this.#topology, this.#run.signal),
      ),
    };
  }
}
