import type { LabelSelector } from '../topology/objects.ts';

/** A workload's selector as the query parameter `labelSelector` takes it. Pure. */
export function labelSelectorText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'Exists':
          return key;
        case 'DoesNotExist':
          return `!${key}`;
        default:
          return `${key} ${operator.toLowerCase()} (${values.join(',')})`;
      }
    }),
  ].join(',');
}
