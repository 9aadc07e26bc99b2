import {
  CORE_SCHEMA,
  EVENT_ID,
  getScalarValue,
  loadAll,
  mergeTag,
  parseEvents,
  YAMLException,
} from 'js-yaml';
import { isRecord } from './environment.ts';
import { shapeProblem } from './shapes.ts';

/** A manifest that cannot be read; the message names file, line and what was expected. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** One object of a manifest, and where it begins. */
export interface ManifestObject {
  readonly kind: string;
  readonly name: string;
  /** As the object itself names it; undefined leaves the choice to whoever applies it. */
  readonly namespace: string | undefined;
  /** `file:line`. */
  readonly place: string;
  /** Without null fields. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** Helm and kubectl read so: `<<` merges, of two equal keys the later wins. */
const reading = { schema: CORE_SCHEMA.withTags(mergeTag), json: true } as const;

/** A document whose aliases make it longer than this is an attack on its reader; the largest chart has some thousands. */
const mostValues = 500_000;

/**
 * The objects of a rendered manifest, in its order: many documents, `List` kinds, CRLF and null fields, as Helm and
 * kubectl print them. Time and memory grow with the text only: nesting and aliases are bounded.
 * @throws ManifestError with file and line, for bad YAML or an object without the fields that its kind needs
 */
export function manifestObjects(text: string, file: string): readonly ManifestObject[] {
  return documentsOf(text).flatMap((document) => objectsOfDocument(document, file));
}

interface Document {
  readonly text: string;
  /** Line of its first character, from 1. */
  readonly line: number;
}

/** A line that begins with `---` ends a document wherever it stands: YAML allows it nowhere else. */
const marker = /^---(?=[ \t\r\n]|$)/gm;

function documentsOf(text: string): readonly Document[] {
  const documents: Document[] = [];
  let start = 0;
  let line = 1;
  const add = (end: number) => {
    const own = text.slice(start, end);
    documents.push({ text: own, line });
    line += newlines(own);
    start = end;
  };
  for (const { index } of text.matchAll(marker)) {
    // Directives (`%YAML`) stand before the marker and belong to what follows it.
    if (index > start && !/(?:^|\n)%[^\n]*\r?\n(?:\s*(?:#[^\n]*)?\r?\n)*$/.test(text.slice(start, index)))
      add(index);
  }
  add(text.length);
  return documents;
}

function objectsOfDocument(document: Document, file: string): readonly ManifestObject[] {
  const { text } = document;
  const contents = parse(document, file);
  return contents.flatMap((raw) => {
    const first = text.search(/^(?!---|#|%|\s*(?:#.*)?\r?$)./m);
    const at = (offset: number) => `${file}:${document.line + newlines(text.slice(0, Math.max(0, offset)))}`;
    const content = withoutNulls(raw, at(first));
    if (content === undefined) return [];
    if (!isList(content)) return [objectOf(content, at(first))];
    const offsets = contents.length === 1 ? itemOffsets(text) : [];
    return content.items.flatMap((item, index) => unfold(item, at(offsets[index] ?? first)));
  });
}

/** Items of a `List` may be lists themselves. */
function unfold(content: unknown, at: string): readonly ManifestObject[] {
  return isList(content) ? content.items.flatMap((item) => unfold(item, at)) : [objectOf(content, at)];
}

function parse({ text, line }: Document, file: string): readonly unknown[] {
  try {
    return loadAll(text, reading);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at =
      error.mark === undefined
        ? `${file}:${line}`
        : `${file}:${line + error.mark.line}:${error.mark.column + 1}`;
    throw new ManifestError(`${at}: not readable as YAML: ${error.reason}.`, { cause: error });
  }
}

function objectOf(content: unknown, at: string): ManifestObject {
  if (!isRecord(content) || typeof content['kind'] !== 'string') {
    throw new ManifestError(
      `${at}: expected a Kubernetes object with apiVersion, kind and metadata. A chart or its values must be rendered first: helm template.`,
    );
  }
  const { kind, metadata } = content;
  if (!isRecord(metadata) || typeof metadata['name'] !== 'string') {
    throw new ManifestError(`${at}: this ${kind} has no metadata.name.`);
  }
  const { name, namespace } = metadata;
  const problem = shapeProblem(kind, content);
  if (problem !== undefined) throw new ManifestError(`${at}: ${kind} ${name}: ${problem}.`);
  return {
    kind,
    name,
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
    place: at,
    object: content,
  };
}

function isList(content: unknown): content is { readonly items: readonly unknown[] } {
  return (
    isRecord(content) &&
    typeof content['kind'] === 'string' &&
    content['kind'].endsWith('List') &&
    Array.isArray(content['items'])
  );
}

/** Helm renders an empty value as null (`env:`, `annotations:`); to the API server that is the same as nothing. */
function withoutNulls(content: unknown, at: string): unknown {
  let values = 0;
  const clean = (value: unknown): unknown => {
    values += 1;
    if (values > mostValues) {
      throw new ManifestError(
        `${at}: this document holds more than ${mostValues} values once its aliases are followed; no Kubernetes object is that large.`,
      );
    }
    if (value === null) return undefined;
    if (Array.isArray(value)) return value.map(clean).filter((item) => item !== undefined);
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        const kept = clean(inner);
        return kept === undefined ? [] : [[key, kept]];
      }),
    );
  };
  return clean(content);
}

/** Where each item of a `List` begins: the members of the sequence under the document's key `items`. */
function itemOffsets(text: string): readonly number[] {
  const offsets: number[] = [];
  let depth = 0;
  let key: string | undefined;
  let inItems = false;
  for (const event of parseEvents(text, {})) {
    if (event.type === EVENT_ID.POP) {
      depth -= 1;
      if (depth === 2) inItems = false;
      continue;
    }
    if (inItems && depth === 3 && 'start' in event) offsets.push(event.start);
    if (depth === 2 && event.type === EVENT_ID.SEQUENCE) inItems = key === 'items';
    if (depth === 2) key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : undefined;
    if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) depth += 1;
  }
  return offsets;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
