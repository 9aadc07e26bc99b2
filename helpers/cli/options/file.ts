import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { suggestion } from '../../engine/suggest.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { optionsSchema, type FileOptions } from './schema.ts';

/** Picked up from the working directory when no --config names another. */
export const defaultFile = 'milvus-conformance.yaml';

/**
 * Reads the options file: the named one, or the default one when it is there. Paths in it are relative to it.
 * @throws UsageError `FILE:LINE:COLUMN: what is wrong; expected what`
 */
export function readOptionsFile(named: string | undefined): FileOptions {
  const file = named ?? defaultFile;
  if (named === undefined && !existsSync(file)) return {};
  const options = parseOptions(file, readText(file));
  const beside = (value: string) => path.resolve(path.dirname(file), value);
  return {
    ...options,
    ...(options.kubeconfig !== undefined && { kubeconfig: beside(options.kubeconfig) }),
    ...(options.from !== undefined && { from: beside(options.from) }),
    ...(options.manifest !== undefined && { manifest: beside(options.manifest) }),
    ...(options.out !== undefined && { out: path.relative('', beside(options.out)) }),
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`--config: cannot read '${file}' (${reason}); expected an options file in YAML`, {
      cause: error,
    });
  }
}

/** The text of an options file as options. `file` is only for the messages. */
export function parseOptions(file: string, text: string): FileOptions {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw new UsageError(
      `${at(broken.pos[0])}: ${broken.message.split('\n')[0]?.replace(/ at line .*$/, '')}; expected valid YAML`,
    );
  }
  if (document.contents === null) return {};
  const parsed = optionsSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.flatMap((issue) => complaintsOf(document, issue));
  const [first] = complaints.toSorted((one, other) => one.offset - other.offset);
  throw new UsageError(
    first === undefined ? `${file}: ${parsed.error.message}` : `${at(first.offset)}: ${first.text}`,
  );
}

interface Complaint {
  /** In the file, in characters. */
  readonly offset: number;
  readonly text: string;
}

function complaintsOf(document: Document, issue: z.core.$ZodIssue): readonly Complaint[] {
  const place = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      offset: offsetOfKey(document, place, key),
      text: unknownKey(key, place),
    }));
  }
  const value = valueAt(document, place);
  const name = place.join('.');
  const given = value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
  return [
    {
      offset: offsetOf(document, place),
      text: `${name === '' ? 'the file' : `'${name}'`} ${given}; ${expectation(issue)}`,
    },
  ];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `expected ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'invalid_type') return `expected ${typeNames[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return 'expected a text that is not empty';
  return issue.message;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'keys and values',
  array: 'a list',
  string: 'a text',
  boolean: 'true or false',
};

const credentials = /token|password|secret|credential|user/i;

function unknownKey(key: string, place: readonly PropertyKey[]): string {
  if (credentials.test(key)) {
    return `'${key}' is not read from a file; expected Milvus credentials only in the environment, MILVUS_CONFORMANCE_TOKEN=user:password`;
  }
  const known = keysAt(place);
  return `unknown key '${key}'; expected ${known.join(', ')}.${suggestion(key, known)}`;
}

function keysAt(place: readonly PropertyKey[]): readonly string[] {
  if (place[0] === 'waivers') return Object.keys(optionsSchema.shape.waivers.unwrap().element.shape);
  if (place[0] === 'wal') return Object.keys(optionsSchema.shape.wal.unwrap().shape);
  return Object.keys(optionsSchema.shape);
}

function valueAt(document: Document, place: readonly PropertyKey[]): unknown {
  const node = document.getIn(place, true);
  return isNode(node) ? node.toJS(document) : node;
}

/** Where the value stands, or the nearest thing around it that is there. */
function offsetOf(document: Document, place: readonly PropertyKey[]): number {
  const node = place.length === 0 ? document.contents : document.getIn(place, true);
  if (isNode(node) && node.range) return node.range[0];
  return place.length === 0 ? 0 : offsetOf(document, place.slice(0, -1));
}

function offsetOfKey(document: Document, place: readonly PropertyKey[], key: string): number {
  const map = place.length === 0 ? document.contents : document.getIn(place, true);
  const pair = isMap(map)
    ? map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
    : undefined;
  return isScalar(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, place);
}
