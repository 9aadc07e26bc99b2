/** A text that must be there, also four bytes at a time: that is most of the reading. */
export interface Literal {
  readonly bytes: Uint8Array;
  readonly words: readonly number[];
}

export function encode(text: string): Literal {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const words = Array.from({ length: bytes.length >>> 2 }, (_, index) => view.getUint32(index * 4));
  return { bytes, words };
}

/** Whether the text is there, from a byte on. */
export function isAt(view: DataView, start: number, { bytes, words }: Literal): boolean {
  if (start + bytes.length > view.byteLength) return false;
  for (let index = 0; index < words.length; index += 1) {
    if (view.getUint32(start + index * 4) !== words[index]) return false;
  }
  for (let index = words.length * 4; index < bytes.length; index += 1) {
    if (view.getUint8(start + index) !== bytes[index]) return false;
  }
  return true;
}
