const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity (`10Gi`, `500M`, `1.5e3`) as a number: bytes, where it is a size. Undefined when it is no
 * quantity. Source: k8s.io/apimachinery/pkg/api/resource.
 */
export function parseQuantity(text: string): number | undefined {
  const [, number, exponent, suffix = ''] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([mkMGTPE]|[KMGTPE]i))?$/.exec(text.trim()) ?? [];
  const factor = factors[suffix];
  if (number === undefined || factor === undefined) return undefined;
  return Number(number + (exponent ?? '')) * factor;
}
