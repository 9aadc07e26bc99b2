import { createRequire } from 'node:module';
import type { Client, ServiceClientConstructor } from '@grpc/grpc-js';
import type { AnyDefinition, fromJSON, MessageTypeDefinition } from '@grpc/proto-loader';
import { channelOptionsOf, type MilvusTarget } from './target.ts';

type Definition = Parameters<typeof fromJSON>[0];

const definitionFile = '@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus.js';
const serviceName = 'milvus.proto.milvus.MilvusService';
const schemaName = 'milvus.proto.schema.CollectionSchema';

/**
 * The gRPC service as the SDK's package defines it; for calls that the SDK lacks, and for servers in tests.
 * Int64 values are strings, enums are names. Built once: it takes 0.1 s.
 */
export async function loadMilvusService(): Promise<ServiceClientConstructor> {
  loaded ??= load();
  return (await loaded).Service;
}

/** A collection's schema as the bytes that the call which makes it takes; enums are names. */
export async function serializeSchema(schema: object): Promise<Buffer> {
  loaded ??= load();
  return (await loaded).schema.serialize(schema);
}

interface Loaded {
  readonly Service: ServiceClientConstructor;
  readonly schema: MessageTypeDefinition<object, object>;
}

let loaded: Promise<Loaded> | undefined;

async function load(): Promise<Loaded> {
  const [grpc, loader] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')]);
  // `require`, since Node and vitest disagree on what `import` makes of this CommonJS file.
  const module: { readonly default: unknown } = createRequire(import.meta.url)(definitionFile);
  const json = module.default;
  if (!isDefinition(json))
    throw new Error('The SDK’s package no longer holds the Milvus service’s definition.');
  const root = loader.fromJSON(json, {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const service = root[serviceName];
  if (service === undefined || 'format' in service)
    throw new Error(`The SDK's package defines no ${serviceName}.`);
  const schema = root[schemaName];
  if (schema === undefined || !isMessage(schema)) {
    throw new Error(`The SDK's package defines no ${schemaName}.`);
  }
  return { Service: grpc.makeClientConstructor(service, serviceName), schema };
}

/** A plain gRPC client of one proxy. Closing it is the caller's. */
export async function openService(target: MilvusTarget): Promise<Client> {
  const [Service, grpc] = await Promise.all([loadMilvusService(), import('@grpc/grpc-js')]);
  const credentials =
    target.tls === true
      ? grpc.credentials.createSsl(null, null, null, { rejectUnauthorized: false })
      : grpc.credentials.createInsecure();
  return new Service(target.address, credentials, channelOptionsOf(target));
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'nested' in value;
}

function isMessage(definition: AnyDefinition): definition is MessageTypeDefinition<object, object> {
  return 'format' in definition && 'serialize' in definition;
}
