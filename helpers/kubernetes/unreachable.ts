import { EnvironmentError, messageOf } from './errors.ts';

interface Cause {
  readonly codes: readonly string[];
  readonly what: string;
  readonly remedy: string;
}

/** Why no answer came, by the code that Node or undici gives. */
const causes: readonly Cause[] = [
  {
    codes: ['ECONNREFUSED'],
    what: 'the connection was refused',
    remedy: 'Is the cluster running, and are the address and port in the kubeconfig right?',
  },
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'],
    what: 'the host name was not found',
    remedy:
      'Check the server address in the kubeconfig, and whether this machine needs a VPN or a proxy for it.',
  },
  {
    codes: [
      'ETIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
      'TimeoutError',
    ],
    what: 'no answer came in time',
    remedy: 'Check the network path to the API server: a firewall or a missing VPN looks like this.',
  },
  {
    codes: ['EHOSTUNREACH', 'ENETUNREACH'],
    what: 'there is no network route to it',
    remedy: 'Check the network path to the API server: a missing VPN looks like this.',
  },
  {
    codes: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
    what: 'the connection was cut',
    remedy: 'The API server or something before it closed the connection: try again, then look at its log.',
  },
  {
    codes: ['CERT_HAS_EXPIRED'],
    what: "the server's certificate has expired",
    remedy: "Renew the API server's certificate.",
  },
  {
    codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    what: "the server's certificate is for another name",
    remedy: 'Use the address that the certificate names, or set tls-server-name in the kubeconfig.',
  },
  {
    codes: [
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'CERT_SIGNATURE_FAILURE',
    ],
    what: "the server's certificate is signed by an authority that the kubeconfig does not name",
    remedy: 'Set certificate-authority in the kubeconfig to the authority of this cluster.',
  },
  {
    codes: [
      'EPROTO',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_PACKET_LENGTH_TOO_LONG',
      'HPE_INVALID_CONSTANT',
    ],
    what: 'it does not speak the protocol that the address asks for',
    remedy: 'Check http or https and the port in the kubeconfig.',
  },
];

/** Turns "no answer at all" into the error that says why, in words, with what to look at. */
export function unreachable(server: string, context: string, error: unknown): EnvironmentError {
  const codes = codesOf(error);
  const known = causes.find((cause) => cause.codes.some((code) => codes.includes(code)));
  const what =
    known === undefined ? messageOf(deepest(error)) : `${known.what} (${messageOf(deepest(error))})`;
  const remedy = known?.remedy ?? 'Check the server address in the kubeconfig and the network path to it.';
  return new EnvironmentError(
    'unreachable',
    `Cannot reach the Kubernetes API server ${server} (context ${context}): ${what}. ${remedy}`,
    { cause: error },
  );
}

/** Whether a request was cut before its answer was whole; one that only reads may be sent again. */
export function wasCut(error: unknown): boolean {
  if (!(error instanceof EnvironmentError && error.failure === 'unreachable')) return false;
  const codes = codesOf(error.cause);
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].some((code) => codes.includes(code));
}

function chain(error: unknown): unknown[] {
  const links: unknown[] = [];
  let link: unknown = error;
  while (link !== undefined && !links.includes(link)) {
    links.push(link);
    if (link instanceof AggregateError && link.errors.length > 0) link = link.errors[0];
    else link = link instanceof Error ? link.cause : undefined;
  }
  return links;
}

function deepest(error: unknown): unknown {
  return chain(error).findLast((link) => link instanceof Error) ?? error;
}

function codesOf(error: unknown): string[] {
  return chain(error).flatMap((link) => {
    if (!(link instanceof Error)) return [];
    const code = 'code' in link && typeof link.code === 'string' ? [link.code] : [];
    return [...code, link.name];
  });
}
