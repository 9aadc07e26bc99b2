import { connect } from '../helpers/kubernetes/connection.ts';
import { observeObjects } from '../helpers/kubernetes/observe.ts';

/** One observation in a process of its own; prints what it took. Arguments: kubeconfig, namespace. */
const [kubeconfig, namespace] = process.argv.slice(2);
if (kubeconfig === undefined || namespace === undefined) {
  throw new Error('usage: observe-once.ts KUBECONFIG NAMESPACE');
}

const began = performance.now();
await using connection = await connect({ kubeconfig, namespace });
const connected = performance.now();
const { observation } = await observeObjects(connection, namespace);
const observed = performance.now();
const lists = Object.values(observation.reads).map((read) => (read.state === 'read' ? read.requests : 1));
console.log(
  JSON.stringify({
    pods: observation.objects.Pod.length,
    claims: observation.objects.PersistentVolumeClaim.length,
    // Beside the lists: the server's version, and the namespace itself.
    requests: lists.reduce((sum, count) => sum + count, 2),
    connectMs: Math.round(connected - began),
    observeMs: Math.round(observed - connected),
    peakMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
