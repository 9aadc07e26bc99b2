import { tagged, varint } from './wire.ts';

/** Numbers of fields in Milvus's `common.proto`; a number is for life in protobuf. */
const placeholders = 1;
const ofPlaceholder = { tag: 1, type: 2, values: 3 } as const;
const floatVectorType = 101;

/** A float vector as a search takes it: the bytes of a `PlaceholderGroup` of one. */
export function placeholderOf(vector: Float32Array): Buffer {
  const floats = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  const tag = Buffer.from('$0');
  const placeholder = Buffer.concat([
    tagged(ofPlaceholder.tag, tag.length),
    tag,
    varint(ofPlaceholder.type << 3),
    varint(floatVectorType),
    tagged(ofPlaceholder.values, floats.length),
    floats,
  ]);
  return Buffer.concat([tagged(placeholders, placeholder.length), placeholder]);
}
