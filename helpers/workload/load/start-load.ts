import { mulberry32 } from '../seeded.ts';
import type { Recorder } from '../recorder.ts';
import { openLoadClients } from './clients.ts';
import type { LoadSettings, RunningLoad } from './contract.ts';
import { watchLag } from './lag.ts';
import { paces } from './pace.ts';
import { ProbeLoop } from './probe-loop.ts';
import { ProbeStates } from './probe-states.ts';
import { callsOf } from './probes.ts';
import { type Probe, probes } from './record.ts';
import { StillOracle } from './still-oracle.ts';

/**
 * Starts every probe, each at its own pace. Ends with `stop`; an aborted signal ends the calls as well, and `stop`
 * then closes the connections.
 */
export async function startLoad(settings: LoadSettings): Promise<RunningLoad> {
  const { plan, recorder, signal } = settings;
  signal.throwIfAborted();
  const oracle = new StillOracle(plan);
  const states = new ProbeStates(plan, oracle);
  const clients = await openLoadClients(settings, tee(recorder, states), plan.callTimeoutMs);
  const lag = watchLag(recorder);
  const calls = callsOf(settings, clients, oracle, mulberry32(plan.seed));
  const pace = paces[plan.level];
  const loopOf = (probe: Probe, place: number) => {
    const { everyMs } = pace[probe];
    const startAfterMs = Math.round((place * everyMs) / probes.length);
    return new ProbeLoop(calls[probe], {
      everyMs,
      startAfterMs,
    });
  };
  const byProbe = new Map(probes.map((probe, place) => [probe, loopOf(probe, place)]));
  const loops = [...byProbe.values()];
  const halt = () => {
    for (const loop of loops) loop.halt();
    lag[Symbol.dispose]();
  };
  signal.addEventListener('abort', halt, { once: true });
  const stop = async () => {
    halt();
    try {
      await Promise.all(loops.map((loop) => loop.stop()));
    } finally {
      signal.removeEventListener('abort', halt);
      await clients[Symbol.asyncDispose]();
    }
  };
  let stopped: Promise<void> | undefined;
  return {
    states: () =>
      states.each.map((state) => ({
        ...state,
        unansweredMs: byProbe.get(state.probe)?.unansweredMs ?? 0,
      })),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** The recorder, with the probes' states kept beside it. */
function tee(recorder: Recorder, states: ProbeStates): Recorder {
  return {
    header: recorder.header,
    now: () => recorder.now(),
    note: (happening) => recorder.note(happening),
    end: (stopped) => recorder.end(stopped),
    record: (operation) => {
      recorder.record(operation);
      states.take(operation);
    },
  };
}
