import { type Component, type Configuration, type Instance, type LogType, type Problem } from './model.ts';
import { listOf, textOf } from './settings.ts';

const logTypes = ['woodpecker', 'kafka', 'pulsar', 'rocksmq', 'natsmq'] as const satisfies readonly LogType[];

/** The log that is in use, and the setting that says so. */
export interface ChosenLog {
  readonly type: LogType;
  /** For example `mq.type is woodpecker`. */
  readonly because: string;
}

/**
 * `mq.type` decides; the chart's `messageQueue` where that is unset. Without either (or with `default`) Milvus takes
 * the first that is configured: rocksmq in standalone, then Pulsar, then Kafka, then Woodpecker where it is known
 * (milvus.yaml, section `mq`).
 */
export function chooseLog(
  configuration: Configuration,
  instance: Instance,
  components: readonly Component[],
): { readonly log: ChosenLog | undefined; readonly problems: readonly Problem[] } {
  for (const setting of ['mq.type', 'messageQueue']) {
    const value = textOf(configuration, setting);
    if (value === undefined || value === 'default') continue;
    const type = logTypes.find((candidate) => candidate === value);
    if (type !== undefined) return { log: { type, because: `${setting} is ${value}` }, problems: [] };
    return unclear(`${setting} is "${value}", which is none of ${logTypes.join(', ')}.`);
  }
  const chosen = byDefault(configuration, instance, components);
  return chosen === undefined
    ? unclear(
        `No setting says which log Milvus uses: neither mq.type nor messageQueue is set in ${configuration.from}.`,
      )
    : { log: chosen, problems: [] };

  function unclear(detail: string) {
    const subject = { kind: 'Milvus', name: instance.name };
    return { log: undefined, problems: [{ about: 'log', subject, detail } as const] };
  }
}

function byDefault(
  configuration: Configuration,
  { mode }: Instance,
  components: readonly Component[],
): ChosenLog | undefined {
  const why = 'mq.type is not set, so Milvus takes the first that it can';
  if (Object.keys(configuration.values).length === 0) return undefined;
  if (mode === 'standalone') return { type: 'rocksmq', because: `${why}: rocksmq in standalone` };
  if (textOf(configuration, 'pulsar.address') !== undefined) {
    return { type: 'pulsar', because: `${why}: pulsar.address is set` };
  }
  if (listOf(configuration, 'kafka.brokerList').length > 0) {
    return { type: 'kafka', because: `${why}: kafka.brokerList is set` };
  }
  return components.some(({ role }) => role === 'streamingnode')
    ? { type: 'woodpecker', because: `${why}: there is a streamingnode and no broker is configured` }
    : undefined;
}
