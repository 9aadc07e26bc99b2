import { isRecord } from './json.ts';

/**
 * Which members of a JSON value are kept: `true` keeps a value whole, `{each}` describes the items of a list, and
 * anything else the members of an object. It has a row for every member that the type has, so a field added to the
 * contract without being read is an error of compilation.
 */
export type Shape<T> =
  NonNullable<T> extends readonly (infer Item)[]
    ? true | { readonly each: Shape<Item> }
    : NonNullable<T> extends object
      ? true | { readonly [Member in keyof Required<NonNullable<T>>]: Shape<NonNullable<T>[Member]> }
      : true;

/** A `Shape` once its type has been checked. */
type LooseShape = true | { readonly [member: string]: LooseShape };

/**
 * Copies what the shape names out of a raw object, so that the rest can be freed.
 * The API server is trusted to serve its own schema: types are not checked again.
 */
export function project<T>(shape: Shape<T>, raw: unknown): T {
  return copy(shape, raw) as T;
}

function copy(shape: LooseShape, raw: unknown): unknown {
  if (shape === true) return raw;
  const { each } = shape;
  if (Array.isArray(raw)) return each === undefined ? raw : raw.map((item) => copy(each, item));
  if (!isRecord(raw)) return raw;
  const kept: Record<string, unknown> = {};
  for (const [member, inner] of Object.entries(shape)) {
    const value = raw[member];
    // Absent and null are the same to the API.
    if (value !== undefined && value !== null) kept[member] = copy(inner, value);
  }
  return kept;
}
