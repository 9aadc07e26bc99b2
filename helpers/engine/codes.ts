import { catalogue, type Code } from '../verdict/catalogue.ts';
import { areas, type Area } from '../verdict/statement.ts';

/** Every code, in report order. */
export const codes: readonly Code[] = Object.keys(catalogue).filter(isCode);

export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}

/** The area that a code's first letters name. Throws for a code that the catalogue should not have. */
export function areaOf(code: Code): Area {
  const area = code.slice(0, 3);
  if (isArea(area)) return area;
  throw new Error(`the code ${code} belongs to no area`);
}

function isArea(text: string): text is Area {
  return Object.hasOwn(areas, text);
}
