/** Breaks plain text at spaces so that no line is longer than `width`, where words allow it. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((paragraph) => wrapParagraph(paragraph, width))
    .join('\n');
}

/** The text behind a label, wrapped so that every line starts where the first does, at column `indent`. */
export function labelled(label: string, indent: number, text: string, width: number): string {
  return label + wrap(text, width - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** The same for a table's cell, which cuts what is too wide: a word that does not fit is broken. */
export function wrapCell(text: string, width: number): string {
  const pieces = new RegExp(`\\S{${width}}(?=\\S)`, 'g');
  return wrap(text.replaceAll(pieces, '$& '), width);
}

function wrapParagraph(paragraph: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
