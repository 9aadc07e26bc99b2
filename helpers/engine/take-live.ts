import type { Connection } from '../kubernetes/connection.ts';
import { messageOf } from '../kubernetes/errors.ts';
import { observeObjects } from '../kubernetes/observe.ts';
import { probeEndpoints } from '../kubernetes/probe-endpoints.ts';
import { probeMilvus } from '../milvus/probe-milvus.ts';
import type { Topology } from '../topology/model.ts';
import type { Answer, Endpoints, MilvusServer, Observation } from '../topology/observation.ts';
import { HistoryFile } from '../workload/history-file.ts';
import { roundTripCollection } from '../workload/round-trip-plan.ts';
import { runRoundTrip } from '../workload/round-trip.ts';
import { scenariosOf } from '../workload/scenarios/table.ts';
import { codes } from './codes.ts';
import { apiComponent, openEachProxy, openProxy } from './proxy.ts';
import type { Known, Run } from './run-parts.ts';
import { drawSeed } from './seed.ts';
import { takeExperiments } from './take-experiments.ts';
import { takeUpgrade } from './take-upgrade.ts';
import { writeObservation } from './saved-observation.ts';
import type { Destination } from './settings.ts';
import { isSelected } from './selection.ts';
import { openTarget, type OpenTarget } from './target.ts';
import { observedText, understandFor } from './understand-for.ts';

const nothingServes = 'no component with replicas serves the Milvus API';

/** All steps of the round trip together, in ms; a first load on a busy cluster takes a minute. */
const roundTripBudgetMs = 180_000;

/**
 * Observes the cluster once, asks its endpoints once, and runs the round trip unless the run is read-only. Each is on
 * disk before the next begins. Throws EnvironmentError, InstanceError, or the signal's reason.
 */
export async function takeLive(
  destination: Exclude<Destination, { kind: 'saved' }>,
  run: Run,
  known: Known,
): Promise<void> {
  await using target = await openTarget(destination, run.settings, run.progress, run.signal);
  const topology = await observe(target, run, known);
  const { experiments, readOnly, upgrade } = run.settings;
  if (upgrade !== undefined) await takeUpgrade(target, topology, upgrade, run, known);
  if (upgrade?.stage === 'before') return;
  const isGate = experiments === undefined || experiments.afterGate;
  if (isGate && !readOnly) await act(target.connection, topology, run, known);
  if (experiments !== undefined) await takeExperiments(target, experiments, run, known);
}

async function observe({ connection, source }: OpenTarget, run: Run, known: Known): Promise<Topology> {
  const { settings, progress, signal } = run;
  const { observation, credentials } = await progress.phase('Observe', async () => {
    const observed = await observeObjects(connection, connection.namespace, signal);
    return { value: observed, remark: observedText(observed.observation) };
  });
  await save({ ...observation, source }, run, known);
  const topology = understandFor(observation, settings.instance);
  known.topology = topology;
  const endpoints = await progress.phase('Ask etcd, object storage and Milvus', async () => {
    const [stores, milvus] = await Promise.all([
      probeEndpoints(connection, topology, credentials, signal),
      askMilvus(connection, topology, signal),
    ]);
    const asked = { ...stores, milvus };
    return { value: asked, remark: answeredText(asked) };
  });
  await save({ ...observation, source, endpoints }, run, known);
  return topology;
}

async function save(observation: Observation, { folder }: Run, known: Known): Promise<void> {
  known.observation = observation;
  await writeObservation(folder.observation, observation);
}

async function askMilvus(
  connection: Connection,
  topology: Topology,
  signal: AbortSignal,
): Promise<Answer<MilvusServer>> {
  const component = apiComponent(topology);
  if (component === undefined) return { state: 'unasked', reason: nothingServes };
  await using proxy = await openProxy(connection, topology, component, process.env);
  const { address, ...options } = proxy.target;
  const answer = await probeMilvus(address, options, signal);
  const { lastError } = proxy.forward;
  // gRPC only saw a closed socket; why it was closed is known here.
  if (answer.state !== 'failed' || lastError === undefined) return answer;
  return { state: 'failed', error: `${answer.error} (${messageOf(lastError)})` };
}

function answeredText({ etcd, minio, components, milvus, bucket }: Endpoints): string {
  const answers = [
    ...[etcd, minio, components].flatMap((byPod) => Object.values(byPod).map(({ state }) => state)),
    milvus.state,
    bucket.state,
  ];
  return `${answers.filter((state) => state === 'answered').length} of ${answers.length} answered`;
}

async function act(connection: Connection, topology: Topology, run: Run, known: Known): Promise<void> {
  const { settings, folder, progress, signal } = run;
  await progress.phase('Round trip', async (say) => {
    const component = apiComponent(topology);
    if (component === undefined) return { value: undefined, remark: `not run: ${nothingServes}` };
    await using proxy = await openProxy(connection, topology, component, process.env);
    const seed = settings.seed ?? drawSeed();
    known.seed = seed;
    known.roundTrip = true;
    const scenarios = settings.thorough
      ? codes.filter((code) => isSelected(code, settings.selection)).flatMap(scenariosOf)
      : [];
    await using recorder = new HistoryFile(folder.history, {
      workload: 'round trip',
      seed,
      collection: roundTripCollection(folder.id),
      ...(scenarios.length > 0 && { scenarios: scenarios.map(({ name }) => name) }),
    });
    const progressOf = (text: string) => say(text.replace(/^Round trip: /, ''));
    await using proxies = settings.thorough
      ? await openEachProxy(connection, topology, component, process.env)
      : undefined;
    await runRoundTrip({
      ...proxy.target,
      recorder,
      budgetMs: roundTripBudgetMs,
      signal,
      progress: progressOf,
      scenarios,
      proxies: proxies?.each.map(({ target }) => target) ?? [],
    });
    signal.throwIfAborted();
    return { value: undefined, remark: `seed ${seed}, in a collection of its own that is removed again` };
  });
}
