import type { Step } from './scenario.ts';

/** A step in the words of a report: what, and on what. */
export function stepText(step: Step): string {
  if (step.on === undefined) return actionText(step);
  return `${actionText(step)} ${step.on === 'alias' ? 'by the alias' : 'of the second collection'}`;
}

function actionText(step: Step): string {
  switch (step.act) {
    case 'insert':
    case 'upsert':
    case 'delete':
    case 'read':
      return `${step.act} rows ${step.rows.from}-${step.rows.to}`;
    case 'delete where':
      return `delete where ${step.filter.text}`;
    case 'select':
      return `select where ${step.filter.text}`;
    case 'count':
      return step.filter === undefined ? 'count' : `count where ${step.filter.text}`;
    case 'create partition':
    case 'drop partition':
      return `${step.act} ${step.partition}`;
    case 'refused':
      return `insert ${step.why}`;
    case 'pause':
      return `pause for ${step.seconds} s`;
    case 'page':
      return `read all in pages of ${step.rowsPerPage}`;
    case 'hybrid search':
      return `search ${step.fields.join(' and ')} for ${step.k}`;
    case 'match':
      return `search ${step.field} for "${step.words.join(' ')}"`;
    case 'search': {
      const where = step.filter === undefined ? '' : ` where ${step.filter.text}`;
      return `search ${step.field} for ${step.k}${where}`;
    }
    default:
      return step.act;
  }
}
