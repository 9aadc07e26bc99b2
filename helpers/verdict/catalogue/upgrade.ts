import type { Statement } from '../statement.ts';

/** What must hold of an upgrade: the rules of the road before it, and what was there after it. */
export const upgrade = {
  'UPG-010': {
    title: 'The new version can be reached from the one that runs in one step.',
    severity: 'fail',
    needs: 'before-upgrade',
    why: 'Milvus 2.6 reads the metadata of 2.5.16 and later only, and in a cluster only that of mixcoord. An upgrade from anything older starts, and then cannot find its collections; going back is not foreseen either.',
    remedy:
      'Go by 2.5.16 or later with mixcoord (`mixCoordinator.enabled=true`, the other coordinators off), verify that, and then go to 2.6. Go one minor version at a time.',
    source: 'Milvus documentation: Upgrade Milvus Cluster with Helm, "Requirements"',
  },
  'UPG-020': {
    title: 'The upgrade leaves Milvus on the log that it uses.',
    severity: 'fail',
    needs: 'before-upgrade',
    why: 'The log holds every row that is not flushed yet. On another log these are not found, and Milvus says nothing: it starts on an empty one. Switching is for 3.0 and later, by a procedure of its own.',
    remedy:
      'Name the log that is in use in the new values (`mq.type`, or the chart’s `streaming.woodpecker.enabled`, `kafka.enabled`, `pulsarv3.enabled`): defaults have changed from Pulsar to Woodpecker.',
    source: 'Milvus documentation: Upgrade Milvus Cluster, "Message Queue limitations"; milvus#40889',
  },
  'UPG-030': {
    title: 'The upgrade finds the data where it is: the same bucket, root paths and claims.',
    severity: 'fail',
    needs: 'before-upgrade',
    why: 'With another root path, bucket or claim Milvus starts healthy and empty. Nothing is deleted, and nothing is found.',
    remedy:
      'Carry the values over (`helm upgrade --reset-then-reuse-values`), or set the ones in the finding to what they are now.',
  },
  'UPG-040': {
    title: 'Everything that is to be compared could be read.',
    severity: 'fail',
    needs: 'before-upgrade',
    why: 'What was not seen before the upgrade cannot be missed after it.',
    remedy:
      'Mend what the finding names, or give the user the right to read it, and take the snapshot again.',
  },
  'UPG-110': {
    title: 'Every database and collection is still there.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A collection whose metadata was not carried over is gone for clients, though its files are still in the bucket.',
    remedy:
      'Write nothing more. Compare root paths and etcd (UPG-220, UPG-230), go back to the old version, and look whether it is there again.',
  },
  'UPG-120': {
    title: 'Schemas, indexes, partitions and aliases are as they were.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A field, an index or an alias that is not there any more breaks the clients that use it. What a new version adds is listed and is no fault.',
    remedy: 'Make what is missing again from the finding, or go back to the old version.',
  },
  'UPG-130': {
    title: 'No row is lost.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Rows that were not flushed are in the log alone, and an upgrade that cannot read the log loses them in silence: every pod is Ready, and searches answer.',
    remedy:
      'Write nothing more, keep both logs and the bucket, and go back to the old version. Where clients wrote during the upgrade, this comparison does not apply: take both snapshots while nobody writes.',
    source: 'milvus#38284, milvus#45088',
  },
  'UPG-140': {
    title: 'No row is there twice, and no deleted one is back.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A log that is read again from too early leaves rows twice and loses the deletions that came after them.',
    remedy:
      'Keep both snapshots and the run’s folder and report it. Compacting the collection removes rows that are there twice.',
    source: 'milvus#40207, milvus#37782',
  },
  'UPG-150': {
    title: 'No row has changed.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'The number of rows is the same and their values are not: a wrong default, a field read by another name, an older version of a row that is back.',
    remedy: 'Compare the rows with their source, and go back to the old version until it is known why.',
  },
  'UPG-160': {
    title: 'The canary is as it was written: each row, each deletion, each search.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Of the suite’s own rows it is known which must be there and which must not. What happened to them happened to others.',
    remedy:
      'Take it for a loss of data: write nothing more, keep the run’s folder, and go back to the old version.',
  },
  'UPG-170': {
    title: 'Collections that were loaded are loaded, and answer.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Every pod can be Ready while a collection answers no search: the components are up, and nobody has loaded it again (milvus#51788).',
    remedy:
      'Wait some minutes for a large collection and run `upgrade after` again. Then load it by hand, and look at the querycoord’s log for why it was not.',
    source: 'milvus#51788, milvus#52297',
  },
  'UPG-180': {
    title: 'Sample searches give the answers that they gave.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'The rows can be right and the index over them wrong: of another metric, built over half the segments, or read by a version that understands it otherwise.',
    remedy:
      'Drop the index of the field that the finding names and build it again, then run `upgrade after` again.',
    source: 'milvus#52297',
  },
  'UPG-210': {
    title: 'The same claims and volumes are in use; none was made anew.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A claim that was deleted and made again has the same name and an empty disk. What replicas could not rebuild from others is gone.',
    remedy:
      'Look whether the old volume still exists (`kubectl get pv`): with reclaim policy Retain it can be bound again. Stop writing until then.',
  },
  'UPG-220': {
    title: 'Milvus uses the same etcd cluster.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Every collection, segment and checkpoint is listed in etcd. A new cluster id means a new, empty etcd, whatever the name of its pods.',
    remedy: 'Point `etcd.endpoints` to the old etcd, or restore its snapshot, before anything is written.',
  },
  'UPG-230': {
    title: 'Bucket and root paths are the ones that were used.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Under another root path Milvus starts healthy and empty, and new data is written beside the old.',
    remedy: 'Set what the finding names back to what it was, and restart Milvus, before anything is written.',
  },
  'UPG-240': {
    title: 'Milvus writes to the log that it wrote to.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Rows that were not flushed stay behind in the old log, and what is written now is only in the new one.',
    remedy:
      'Stop the writers, set the log back (`mq.type`), restart Milvus, flush everything, and verify again. What was written meanwhile must be written again.',
    source: 'milvus#40889, milvus#52475',
  },
  'UPG-250': {
    title: 'Every component runs what was to be installed.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A component that stayed on the old image works for a while, and fails at the first message or record of a kind that it does not know.',
    remedy:
      'Look at the rollout of the workload in the finding (`kubectl rollout status`), and at its values: a component can have an image of its own.',
  },
  'UPG-260': {
    title: 'Nothing of the old version is left over.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'Coordinators of their own beside mixcoord compete with it for the same metadata. `kubectl apply` leaves what a manifest no longer names.',
    remedy: 'Delete the workloads in the finding once the new ones are Ready.',
  },
  'UPG-270': {
    title: 'Every proxy accepts a write and reads it back.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'A Service sends each client to one of the proxies. One that refuses writes since the upgrade fails for some clients and not for others (milvus#47806).',
    remedy: 'Restart the proxy that the finding names, and look at its log for the streaming or log client.',
    source: 'milvus#47806',
  },
  'UPG-310': {
    title: 'Clients felt no outage during the upgrade.',
    severity: 'warn',
    needs: 'upgrade',
    why: 'A component with one replica is away while it is replaced; with two and a rolling update it need not be.',
    remedy: 'Run two replicas of what the finding names, or tell clients of the outage that was measured.',
  },
  'UPG-320': {
    title: 'No answer during the upgrade was wrong, and no acknowledged write was lost.',
    severity: 'fail',
    needs: 'upgrade',
    why: 'An error can be tried again; a wrong answer cannot be told from a right one.',
    remedy: 'Keep the run’s folder and report it with the operations that the finding names.',
  },
  'UPG-330': {
    title: 'A component with several replicas has a disruption budget.',
    severity: 'warn',
    needs: 'upgrade',
    why: 'Nodes are drained for upgrades of Kubernetes too. Without a budget all replicas of a component may be evicted at once.',
    remedy: 'Make a PodDisruptionBudget for the component, with `maxUnavailable: 1`.',
    source: 'Kubernetes: Specifying a Disruption Budget for your Application',
  },
} as const satisfies Record<string, Statement>;
