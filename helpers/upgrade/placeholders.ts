/** Types of a placeholder (milvus.proto.common.PlaceholderType). */
const placeholderTypes: Readonly<Record<string, number>> = { BinaryVector: 100, FloatVector: 101 };

/**
 * A search's one vector as the bytes of `milvus.proto.common.PlaceholderGroup`: the API takes it encoded, and the
 * SDK's package gives no encoder.
 */
export function encodePlaceholders(type: string, vector: Uint8Array): Uint8Array {
  const number = placeholderTypes[type];
  if (number === undefined) throw new Error(`no search is made by a ${type}`);
  const value = Buffer.concat([
    bytesField(1, Buffer.from('$0')),
    varintField(2, number),
    bytesField(3, vector),
  ]);
  return bytesField(1, value);
}

/** Field numbers and wire types: https://protobuf.dev/programming-guides/encoding */
function bytesField(number: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint((number << 3) | 2), varint(content.length), content]);
}

function varintField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number << 3), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}
