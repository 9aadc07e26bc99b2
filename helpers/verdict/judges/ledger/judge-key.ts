import type { KeyHistory, Read, Write } from './key-history.ts';
import { Latest } from './latest.ts';
import { Sightings } from './sightings.ts';
import type { Lags, Missed, Rows, Seen, Shown, Wrong } from './wrong.ts';

/**
 * Judges the keys of a ledger, one by one; the lists inside are used again for each. Takes time linear in the writes
 * and reads of the key, but for a logarithm.
 *
 * A Strong read must know the writes that were acknowledged before it was called; one of a session those of its own
 * client; the others those that are older by a lag. Two writes that overlap may have been applied in either order,
 * and an unknown one at any time after its call.
 */
export class KeyJudge {
  readonly #rows: Rows;
  readonly #lags: Lags;
  readonly #acked = new Latest<Write>();
  readonly #ackedByClient = new Map<number, Latest<Write>>();
  /** Deletes, by their calls; ranked by their returns. */
  readonly #removals = new Latest<Write>();
  readonly #lastRemovals = new Latest<Write>();
  /** Writes that a Strong read proved. */
  readonly #proved = new Latest<Write>();
  readonly #seen = new Latest<Shown>();
  /** Of a key with many writes, once a row of it is looked up. */
  readonly #byGeneration = new Map<number, Write>();
  readonly #sightings = new Sightings<Write | 'absent'>();

  constructor(rows: Rows, lags: Lags) {
    this.#rows = rows;
    this.#lags = lags;
  }

  /** What was wrong, read by read; none where all was right. */
  judge(history: KeyHistory): readonly Wrong[] {
    this.#know(history.writes);
    const wrong: Wrong[] = [];
    const missed: Missed[] = [];
    const current: Seen[] = [];
    for (const read of history.reads) {
      const found = this.#look(history, read);
      if ('verdict' in found) wrong.push(found);
      else if ('lasting' in found) missed.push(found);
      else {
        if (history.reads.length > 1) this.#remember(read, found, history.reads.length);
        if (this.#isCurrent(read, found)) current.push({ read, shown: found });
      }
    }
    let next = current.length;
    for (const each of missed.toReversed()) {
      while (next > 0 && (current[next - 1]?.read.returnedUs ?? 0) > each.read.returnedUs) next -= 1;
      wrong.push(this.#named(each, firstThatKnows(current, next, each.floor)));
    }
    return wrong;
  }

  #know(writes: readonly Write[]): void {
    for (const list of [this.#acked, this.#removals, this.#lastRemovals, this.#proved, this.#seen])
      list.clear();
    if (this.#ackedByClient.size > 0) this.#ackedByClient.clear();
    if (this.#byGeneration.size > 0) this.#byGeneration.clear();
    this.#sightings.clear();
    let removals: Write[] | undefined;
    for (const write of writes) {
      if (write.acked) this.#acked.add(write.returnedUs, write.calledUs, write);
      if (write.kind === 'delete') (removals ??= []).push(write);
    }
    if (removals === undefined) return;
    for (const write of removals.toSorted((left, right) => left.calledUs - right.calledUs)) {
      this.#removals.add(write.calledUs, write.returnedUs, write);
      this.#lastRemovals.add(write.calledUs, write.calledUs, write);
    }
  }

  #look(history: KeyHistory, read: Read): Wrong | Missed | Shown {
    const floor = this.#floor(history.writes, read);
    const [row, other] = read.rows;
    if (row === undefined) return this.#lookAtNothing(read, floor);
    const write = this.#writeShown(history, row);
    if (write === undefined || write.calledUs > read.returnedUs) return this.#unwritten(history, read, row);
    if (!this.#rows.isIntact(history.key, row)) return { verdict: 'TORN', read, write };
    if (other !== undefined && !this.#mayBoth(write, this.#writeShown(history, other))) {
      return { verdict: 'DUPLICATE', read, write };
    }
    if (floor !== undefined && write.returnedUs < floor.calledUs) {
      return { read, floor, lasting: floor.kind === 'delete' ? 'RESURRECTED' : 'ROLLED_BACK' };
    }
    return (
      this.#unsteady(read, write) ?? { what: write, calledUs: write.calledUs, untilUs: write.returnedUs }
    );
  }

  #lookAtNothing(read: Read, floor: Write | undefined): Wrong | Missed | Shown {
    const removedUs = this.#removals.rankBefore(read.returnedUs);
    if (floor !== undefined && removedUs < floor.calledUs) return { read, floor, lasting: 'LOST' };
    const proved = read.level === 'Strong' ? this.#proved.before(read.calledUs) : undefined;
    if (proved !== undefined && removedUs < proved.calledUs) {
      return { verdict: 'FLICKERING', read, write: proved };
    }
    const calledUs = this.#lastRemovals.rankBefore(read.returnedUs);
    return { what: 'absent', calledUs, untilUs: removedUs };
  }

  /** The last write that the read had to know. */
  #floor(writes: readonly Write[], { level, calledUs, client }: Read): Write | undefined {
    switch (level) {
      case 'Strong':
        return this.#acked.before(calledUs);
      case 'Bounded':
        return this.#acked.before(calledUs - this.#lags.bounded);
      case 'Eventually':
        return this.#acked.before(calledUs - this.#lags.eventually);
      case 'Session':
        return this.#ackedOf(writes, client).before(calledUs);
    }
  }

  #ackedOf(writes: readonly Write[], client: number): Latest<Write> {
    const known = this.#ackedByClient.get(client);
    if (known !== undefined) return known;
    const acked = new Latest<Write>();
    for (const write of writes) {
      if (write.acked && write.client === client) acked.add(write.returnedUs, write.calledUs, write);
    }
    this.#ackedByClient.set(client, acked);
    return acked;
  }

  /** Whether a Strong read could have shown it. */
  #isCurrent(read: Read, { untilUs }: Shown): boolean {
    const floor = this.#acked.before(read.calledUs);
    return floor === undefined || untilUs >= floor.calledUs;
  }

  #writeShown(history: KeyHistory, row: number): Write | undefined {
    const generation = this.#rows.generation(row);
    if (history.writes.length <= fewWrites) return writeOf(history.writes, generation);
    if (this.#byGeneration.size === 0) {
      for (const write of history.writes) {
        if (write.kind !== 'delete') this.#byGeneration.set(write.generation, write);
      }
    }
    return this.#byGeneration.get(generation);
  }

  /** A row of no write that may have been applied: damaged, where the key may have a row; else nobody's. */
  #unwritten({ key, writes, refused }: KeyHistory, read: Read, row: number): Wrong {
    const damaged = writes.some(({ kind }) => kind !== 'delete') && !this.#rows.isIntact(key, row);
    if (damaged) return { verdict: 'TORN', read, write: writes.findLast(({ kind }) => kind !== 'delete') };
    return { verdict: 'PHANTOM', read, write: writeOf([...writes, ...refused], this.#rows.generation(row)) };
  }

  /** An insert replaces no row: one that may have come after another write leaves two. */
  #mayBoth(one: Write, other: Write | undefined): boolean {
    if (other === undefined || one.generation === other.generation) return false;
    const mayFollow = (insert: Write, write: Write) =>
      insert.kind === 'insert' && insert.returnedUs >= write.calledUs;
    return mayFollow(one, other) || mayFollow(other, one);
  }

  #unsteady(read: Read, write: Write): Wrong | undefined {
    if (read.level !== 'Strong') return undefined;
    const proved = this.#proved.before(read.calledUs);
    if (proved !== undefined && write.returnedUs < proved.calledUs) {
      return { verdict: 'FLICKERING', read, write: proved };
    }
    return this.#sightings.wasReplaced(write, read.calledUs)
      ? { verdict: 'FLICKERING', read, write }
      : undefined;
  }

  #remember(read: Read, shown: Shown, reads: number): void {
    const knownUs = Number.isFinite(shown.untilUs) ? shown.untilUs : shown.calledUs;
    this.#seen.add(read.returnedUs, knownUs, shown);
    if (read.level !== 'Strong') return;
    // To be seen, replaced, and seen again takes three reads.
    if (reads > 2) this.#sightings.add(read.calledUs, read.returnedUs, shown.what);
    if (shown.what !== 'absent') this.#proved.add(read.returnedUs, shown.calledUs, shown.what);
  }

  /**
   * By what a later read showed: whether the key was right after all. Where it was written over in between, it cannot be
   * told whether the write had come back: it is not said to be lost.
   */
  #named({ read, floor, lasting }: Missed, later: Shown | undefined): Wrong {
    if (later === undefined) return { verdict: lasting, read, write: floor };
    const seenBefore = this.#seen.rankBefore(read.calledUs) >= floor.calledUs;
    return { verdict: seenBefore ? 'FLICKERING' : 'STALE', read, write: floor };
  }
}

/** The first read from `place` on that shows the write or one that may have come after it; before it are only reads that overlap. */
function firstThatKnows(reads: readonly Seen[], place: number, write: Write): Shown | undefined {
  for (let index = place; index < reads.length; index += 1) {
    const shown = reads[index]?.shown;
    if (shown !== undefined && shown.untilUs >= write.calledUs) return shown;
  }
  return undefined;
}

/** So many are looked through faster than a map is made. */
const fewWrites = 16;

function writeOf(writes: readonly Write[], generation: number): Write | undefined {
  return writes.findLast((write) => write.kind !== 'delete' && write.generation === generation);
}
