import type { Statement } from '../statement.ts';

/** What must hold when a part is lost under load; judged once for each experiment. */
export const resilience = {
  'RES-010': {
    title: 'The experiment is sound: all was right before the fault, and the fault struck what it named.',
    severity: 'fail',
    needs: 'experiment',
    why: 'A fault that struck nothing, or a load that did not run, would let every other check pass. Such an experiment proves nothing in either direction, so none of its checks is taken for passed.',
    remedy:
      'Mend what the finding names (the pods that the fault was meant for, the deployment before it, the machine that this tool runs on), then run the scenario again.',
    source: 'krkn#1177: a selector that matched nothing, and passed',
  },
  'RES-110': {
    title: 'No acknowledged write is lost, undone or brought back.',
    severity: 'fail',
    needs: 'experiment',
    why: 'What was acknowledged must outlive any pod. Rows that are gone afterwards are said by nothing else: every pod is Running, and every call answers Success.',
    remedy:
      'Look at where the log keeps its data first (`gate` says so: WAL-030 to WAL-110): a log on an emptyDir loses the rows that were not flushed. Where it is on claims, keep the run’s folder and report it with the keys.',
    source: 'milvus#38284, milvus#41521, milvus#45088, milvus#37782',
  },
  'RES-120': {
    title: 'Every row is there once and whole.',
    severity: 'fail',
    needs: 'experiment',
    why: 'A log that is read again after a crash can leave a row twice (milvus#40207), with the values of two writes, or from a write that was refused. Searches hide it; counts and joins do not.',
    remedy: 'Keep the run’s folder and report it with the keys that the finding names.',
    source: 'milvus#40207, milvus#40388, milvus#41570',
  },
  'RES-130': {
    title: 'No read shows what an acknowledged write has replaced.',
    severity: 'fail',
    needs: 'experiment',
    why: 'A Strong read promises every write that was acknowledged before it. One that misses some gives an application old data for new (milvus#43507).',
    remedy:
      'The finding names the read and the write. Look whether the key was written again at the same moment: Milvus 2.3.5 shows a much older row then, pods lost or not. Until it is mended, take no single read of a key that is being written for the last word.',
    source: 'milvus#43507, milvus#33350',
  },
  'RES-210': {
    title: 'No answer with code Success is wrong while the system recovers.',
    severity: 'fail',
    needs: 'experiment',
    waivedWithin: 'maxSeconds',
    why: 'An error can be tried again; a wrong answer that says Success cannot be told from a right one. Released versions give some for seconds after the loss of a query node (milvus#32449), with replicas too.',
    remedy:
      'Each window is in the timeline, with the first wrong answer. To accept it for a while, waive RES-210 for this experiment with a limit: `maxSeconds` in milvus-conformance.yaml.',
    source: 'milvus#32449, milvus#37364, milvus#36242',
  },
  'RES-220': {
    title: 'Afterwards every row and every search is right, also after a flush and a new load.',
    severity: 'fail',
    needs: 'experiment',
    why: 'What is right in memory can be wrong on disk: only after a flush, a release and a load do answers come from object storage alone (milvus#38284).',
    remedy: 'Keep the run’s folder and report it: the last look at each row and search is in its history.',
    source: 'milvus#38284, milvus#40207',
  },
  'RES-310': {
    title: 'Each struck pod is replaced and Ready within its budget.',
    severity: 'fail',
    needs: 'experiment',
    why: 'Until the replacement is Ready the deployment runs with less than was ordered, and the next loss hits harder.',
    remedy:
      'The finding says how far the pod came: not created (look at its workload and quotas), not scheduled (room on the nodes, volumes), not started (image, claim), or not Ready (its own log). A slow probe is mended in the chart; a wider budget is given with --budget.',
    source: 'milvus#33465, milvus#30816',
  },
  'RES-320': {
    title: 'No other container restarts.',
    severity: 'warn',
    needs: 'experiment',
    why: 'A component that dies because another did turns one loss into several: Milvus components end themselves when etcd is away for long (milvus#28377).',
    remedy: 'Look at the log of the container that the finding names, from before its restart.',
    source: 'milvus#28377, milvus#26897',
  },
  'RES-410': {
    title: 'Each operation is served again, and rightly, within its budget.',
    severity: 'fail',
    needs: 'experiment',
    why: 'Ready is not served, and served is not right: what counts for an application is the first right answer that stays right (milvus#33465: 17 minutes).',
    remedy:
      'The timeline has every outage with its errors in order. The budgets of each scenario are in docs/resilience.md; --budget gives another.',
    source: 'milvus#33465, milvus#30816, milvus#23754',
  },
  'RES-510': {
    title: 'After a restart of everything, data and metadata are as they were.',
    severity: 'fail',
    needs: 'experiment',
    why: 'Milvus’ own pods keep nothing: with each of them replaced, every row, collection and index must still be there. This is the proof of it that a manifest cannot give (milvus#36648).',
    remedy:
      'Look at what the stores keep their data on (`gate`: STO and WAL): what is gone with the pods was not in them.',
    source: 'milvus#36648, milvus#43429, milvus-helm#156',
  },
  'RES-610': {
    title: 'Nothing of the experiment is left: the fault is undone, its collections are dropped.',
    severity: 'fail',
    needs: 'experiment',
    why: 'What a test leaves behind costs memory, and a workload that stays scaled down is an outage of its own.',
    remedy: '`milvus-conformance clean` undoes what is left; the finding says what that is.',
  },
} as const satisfies Record<string, Statement>;
