/**
 * One room: who is in it, what it holds, and the one straight line from a write to everybody else.
 *
 * Everything that concerns the doc goes through one queue. A turn takes what the queue holds,
 * inspects and applies it, writes it to the log, and only then tells anybody, joiners included:
 * what was shown is on disk. While the disk works, the next batch gathers; in a busy room of many
 * a moment longer (`members/pace.ts`). Rooms touch no socket and no disk.
 */
import type * as Y from "yjs";
import { wait } from "../../shared/clock.ts";
import { type FailureCode, toWeftError, type WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { RoomKind } from "../../shared/roles.ts";
import type { LoggedUpdate } from "../store/room-log.ts";
import { type Standing, standingOf } from "./access.ts";
import { type AppliedBatch, Batch } from "./batch.ts";
import type { Cold } from "./cold.ts";
import { judgeWithoutDoc, leftOf } from "./fates.ts";
import { Guard } from "./guard/guard.ts";
import { Owners } from "./guard/owners.ts";
import { Holding } from "./held/holding.ts";
import { Teller } from "./held/teller.ts";
import type { Holdings } from "./inspect.ts";
import type { Member } from "./members/member.ts";
import { Pace } from "./members/pace.ts";
import { Roster } from "./members/roster.ts";
import { type Mood, Seats, type Write } from "./members/seats.ts";
import { Inbox } from "./pieces/inbox.ts";
import type { Fate } from "./pieces/taking.ts";
import { failPurges, type PartsOf, type Purge, runPurge, type Task } from "./room-parts.ts";
import { RoomSize } from "./room-size.ts";
import { inTurns, turnsOf } from "./scheduler.ts";

/** Rest after the disk works again: a disk that fails in turns must not spin the room. */
const healAfterMs = 1_000;

/** What a room is handed: everything it cannot do itself. */
export type RoomParts = PartsOf<Room>;

/** A room in memory. */
export class Room {
	readonly name: RoomName;
	readonly #parts: RoomParts;
	readonly #roster: Roster<Member>;
	readonly #seats: Seats;
	readonly #size: RoomSize;
	readonly #owners: Owners;
	readonly #guard: Guard;
	readonly #pace: Pace;
	readonly #epoch: number | undefined;
	readonly #holding: Holding;
	#kind: RoomKind | null;
	#isPrepared: boolean;
	readonly #inbox = new Inbox();
	readonly #teller: Teller;
	/** Why the room is read-only; null while it takes writes. */
	#readOnly: FailureCode | null = null;
	#working: Promise<void> | null = null;

	constructor(name: RoomName, cold: Cold, kind: RoomKind | null, parts: RoomParts) {
		this.name = name;
		this.#parts = parts;
		this.#pace = new Pace(parts.clock);
		this.#seats = new Seats(parts.observe);
		this.#roster = new Roster(parts.clock, parts.stamp, this.#seats);
		this.#holding = new Holding(name, cold, parts.log, turnsOf(parts));
		this.#teller = new Teller({
			...{ seats: this.#seats, holding: this.#holding },
			wake: () => this.#wake(),
			purge: (purge) => this.#purge(purge),
		});
		this.#size = new RoomSize(parts.bytesMax, cold.stored);
		this.#epoch = cold.stored.epoch;
		const { healed } = parts;
		this.#guard = new Guard(healed !== null);
		this.#owners = new Owners(cold.stored, {
			holderOf: (clientId) => this.#roster.holderOf(clientId),
			healed: healed && ((relayed) => healed(relayed, name)),
		});
		this.#kind = kind;
		this.#isPrepared = kind !== null;
	}

	/** Guarded or open; of those who may write in a new room, whoever speaks first decides. */
	get kind(): RoomKind {
		return this.#kind ?? "open";
	}

	/** True where nobody has written yet. */
	get isNew(): boolean {
		return !this.#isPrepared;
	}

	/** How many sessions are here. */
	get memberCount(): number {
		return this.#seats.count;
	}

	/** Bytes that the room's doc would take as one update, at most. */
	get sizeBytes(): number {
		return this.#size.bytes;
	}

	/** Bytes of writes that wait for the doc or the disk. */
	get waitingBytes(): number {
		return this.#seats.waitingBytes;
	}

	/** The doc, where one is in memory and whole. For reading only. */
	get doc(): Y.Doc | null {
		return this.#holding.doc;
	}

	/** A session came: it is asked what it has, and told who is here. */
	join(member: Member, standing: Standing = standingOf("editor")): void {
		this.#seats.add(member, standing);
		this.#roster.join(member);
		this.#push({ kind: "ask", member });
		if (this.#seats.count > 1) this.#roster.sendAll(member);
	}

	/** A session left. */
	leave(member: Member): void {
		this.#seats.remove(member);
		this.#roster.leave(member);
	}

	/** The first message told whether the client speaks Weft. */
	greet(member: Member): void {
		if (this.#kind === null) this.#beginAs(member);
		if (member.speaksWeft) this.#seats.welcome(member, this.#mood);
	}

	get #mood(): Mood {
		return { kind: this.#kind ?? "guarded", failure: this.#readOnly };
	}

	/** Who may not write says nothing about a room that is new. */
	#beginAs(member: Member): void {
		if (this.#seats.mayBegin(member)) this.#kind = member.speaksWeft ? "guarded" : "open";
	}

	/** What a session may do has changed: it holds from its next write on. */
	restand(member: Member, standing: Standing): void {
		this.#seats.restand(member, standing, this.#mood);
	}

	/** Who may do what here has changed: each session looks up what it may. */
	reconsider(): void {
		for (const member of this.#seats.members()) member.reconsider();
	}

	/** An update or step 2 of a session. The bytes belong to the room now. */
	write(member: Member, bytes: Uint8Array, isStep2: boolean): void {
		if (this.#kind === null) this.#beginAs(member);
		const { frameIndex, author } = this.#seats.receive(member, bytes.length);
		this.#inbox.push({ member, bytes, isStep2, frameIndex, author });
		this.#working ??= this.#work();
	}

	/**
	 * A session asked for what it lacks.
	 *
	 * @throws WeftError `bad_frame` where its state vector cannot be read, `room_purged`
	 */
	answer(member: Member, stateVector: Uint8Array): void {
		this.#owners.checkQuestion(stateVector, this.#holding.holdings);
		this.#push({ kind: "answer", member, stateVector });
	}

	/** Begins the next epoch behind all that came so far; then the room ends. See `Purge`. */
	purge(begin: Purge["begin"]): Promise<void> {
		return new Promise((done, failed) => this.#push({ kind: "purge", begin, done, failed }));
	}

	/** All that waited for a session has gone out: it is told what was left out meanwhile. */
	catchUp(member: Member): void {
		this.#push({ kind: "answer", member, stateVector: null });
	}

	/** An awareness update of a session. @throws WeftError `bad_frame` */
	present(member: Member, update: Uint8Array): void {
		this.#roster.receive(member, update);
	}

	/** A session asked who is here, or only whether we are: it is answered at once. */
	tellPresence(member: Member): void {
		this.#roster.sendAll(member);
	}

	/** The person behind a session changed name or colour. */
	restamp(member: Member): void {
		this.#roster.restamp(member);
	}

	/** Passes on ink in the making to everybody else who speaks Weft. */
	passInk(member: Member, clientId: number, ink: Uint8Array): void {
		if (this.#roster.owns(member, clientId)) this.#seats.sendInk(clientId, ink, member);
	}

	/** Resolves when everything that came so far is written and answered. */
	async settled(): Promise<void> {
		while (this.#working !== null) await this.#working;
	}

	/** Lets go of the doc: memory is needed, and nobody has written for long. */
	rest(): void {
		this.#push({ kind: "rest" });
	}

	/** Finishes what waits, then lets go of the doc. */
	async close(): Promise<void> {
		await this.settled();
		this.#drop();
	}

	/** Ends every session, say because the server stops. */
	closeMembers(code: FailureCode): void {
		for (const member of this.#seats.members()) member.close(code);
	}

	#push(task: Task): void {
		this.#teller.push(task);
		this.#working ??= this.#work();
	}

	async #work(): Promise<void> {
		await new Promise<void>((resolve) => this.#parts.scheduler.turn(resolve));
		try {
			while (this.#inbox.count + this.#teller.count > 0 && this.#holding.kind !== "closed") {
				const restMs = this.#pace.restMs();
				if (restMs > 0) await wait(this.#parts.clock, restMs);
				if (this.#inbox.count > 0) await this.#write(this.#inbox.takeAll());
				if (this.#teller.count > 0) await this.#teller.tellAll();
				this.#seats.resumeAll();
			}
		} catch (error) {
			this.#fail(toWeftError(error, "room_failed"));
		} finally {
			this.#working = null;
		}
	}

	async #write(writes: readonly Write[]): Promise<void> {
		const isStored = this.#holding.kind === "cold" || this.#inbox.merge !== null;
		const stored = isStored ? this.#holding.holdings : null;
		const open = stored === null ? writes : await this.#settleKnown(writes, stored);
		if (this.#readOnly !== null) return this.#seats.skip(open);
		if (open.length === 0) return;
		const doc = this.doc ?? (await this.#wake());
		const { fitting, tooBig, fates } = this.#size.divide(open, doc);
		if (tooBig.length > 0) this.#tellFates(tooBig, fates);
		await this.#take(fitting, doc);
	}

	async #take(writes: readonly Write[], doc: Y.Doc): Promise<void> {
		const judged = { doc, owners: this.#owners, guard: this.#guard, kind: this.kind };
		const batch = new Batch(judged, writes, turnsOf(this.#parts));
		const atOnce = batch.turn();
		const own = batch.isLong ? writes.slice(0, 1) : writes;
		this.#inbox.putBack(writes.slice(own.length));
		const applied = atOnce ?? (await this.#takeInTurns(batch, own, doc));
		if (applied === null) return this.#seats.skip(own);
		const { fates, isSpoilt, taken } = applied;
		if (isSpoilt) return this.#takeAgain(own, applied);
		this.#inbox.putBack(own.slice(fates.length));
		const tried = own.slice(0, fates.length);
		const takenWrites = tried.filter((_, writeIndex) => fates[writeIndex]?.verdict === "new");
		const [first] = takenWrites;
		if (first && !(await this.#log(taken, first.member))) return this.#seats.skip(tried);
		this.#inbox.merge?.bring(taken);
		this.#pace.tell(() => {
			if (applied.news.length > 0) this.#seats.deliver(applied, takenWrites);
			this.#tellFates(tried, fates);
		});
	}

	/** Nobody looks at the doc meanwhile. Null where the room turned read-only: drop it. */
	async #takeInTurns(
		batch: Batch,
		own: readonly Write[],
		doc: Y.Doc,
	): Promise<AppliedBatch | null> {
		const turns = turnsOf(this.#parts);
		const stored = { nowMs: turns.elapsed(), sizeBytes: this.sizeBytes };
		const merge = this.#inbox.beginMerge(batch, own, stored);
		this.#holding.hide(doc);
		let applied: AppliedBatch | null = null;
		while (applied === null) {
			await turns.pause();
			await this.#seeTo(merge?.isLong(turns.elapsed()) === true);
			if (merge !== null && this.#inbox.merge !== merge) return null;
			applied = batch.turn();
		}
		if (merge !== null) this.#inbox.endMerge();
		this.#holding.live(doc);
		return applied;
	}

	/** While something takes long others do not wait: they are told, and write, what is stored. */
	async #seeTo(isLong: boolean): Promise<void> {
		const isWritten = isLong && this.#isPrepared && this.#inbox.count > 0;
		if (!isWritten && !this.#teller.isAsked) return;
		await this.#holding.unhide();
		await this.#teller.tellMeanwhile();
		const stored = this.#holding.holdings;
		if (!isWritten || stored === null) return;
		const quick = await inTurns(this.#inbox.takeQuick(stored), turnsOf(this.#parts));
		if (quick.length > 0) await this.#write(quick);
		this.#seats.resumeAll(this.#inbox.merge);
	}

	/** Found out when it was applied: the doc is dropped, unseen, and the others come again. */
	async #takeAgain(writes: readonly Write[], { fates, claims }: AppliedBatch): Promise<void> {
		this.#owners.release(claims);
		await this.#holding.cool();
		this.#tellFates(writes.slice(fates.length - 1, fates.length), fates.slice(-1));
		this.#inbox.putBack(leftOf(writes, fates));
	}

	/** Counts writes that bring nothing; those that are left. A crowd that returns wakes no room. */
	async #settleKnown(writes: readonly Write[], stored: Holdings): Promise<readonly Write[]> {
		const judging = judgeWithoutDoc(writes, stored, this.#readOnly !== null);
		const { open, settled, fates } = await inTurns(judging, turnsOf(this.#parts));
		this.#tellFates(settled, fates);
		return open;
	}

	async #wake(): Promise<Y.Doc> {
		const turns = turnsOf(this.#parts);
		const pause = () => turns.pause().then(() => this.#teller.tellMeanwhile());
		const doc = await this.#holding.wake({ ...turns, pause });
		this.#parts.woke(this);
		return doc;
	}

	/** True when the batch is on disk; false when the room had to turn read-only instead. */
	async #log(updates: readonly LoggedUpdate[], writer: Member): Promise<boolean> {
		const { log, clock, prepare, wrote } = this.#parts;
		const startedMs = clock.elapsed();
		try {
			if (!this.#isPrepared) await prepare(this, writer);
			this.#isPrepared = true;
			await log.append(this.name, { atMs: clock.now(), updates }, this.#epoch);
		} catch (error) {
			const { code } = toWeftError(error, "store_failed");
			if (code === "room_failed") throw error; // A purge that seemed to fail did not.
			await this.#turnReadOnly(code);
			return false;
		}
		const bytes = this.#size.add(updates);
		wrote(this, { bytes, updateCount: updates.length, appendMs: clock.elapsed() - startedMs });
		return true;
	}

	#tellFates(writes: readonly Write[], fates: readonly Fate[]): void {
		const toAsk = this.#seats.settle(writes, fates, this.#parts.clock.now());
		for (const member of toAsk) this.#teller.ask(member);
	}

	/** The doc holds what the log does not: drop it, serve what is stored, heal by itself. */
	async #turnReadOnly(code: FailureCode): Promise<void> {
		this.#readOnly = code;
		this.#seats.tellWritable(this.#mood);
		this.#inbox.endMerge();
		this.#owners.reset(await this.#holding.cool());
		this.#parts.log.whenWritable().then(
			() => this.#parts.clock.after(healAfterMs, () => this.#heal()),
			(error: unknown) => this.settled().then(() => this.#fail(toWeftError(error, "store_failed"))),
		);
	}

	#heal(): void {
		if (this.#holding.kind === "closed") return;
		this.#readOnly = null;
		this.#seats.tellWritable(this.#mood);
		for (const member of this.#seats.members()) this.#push({ kind: "ask", member });
	}

	async #purge(purge: Purge): Promise<void> {
		const end = await runPurge(purge, this.#readOnly, () => this.#parts.log.load(this.name));
		if (end !== null) this.#fail(end);
	}

	/** A purge, our own bug, damage on disk: end, to be loaded again; not beside work under way. */
	#fail(error: WeftError): void {
		if (this.#holding.kind === "closed") return;
		this.#drop();
		this.#parts.failed(this, error);
		this.closeMembers(error.code);
	}

	#drop(): void {
		this.#roster.close();
		this.#holding.close();
		this.#inbox.close();
		failPurges(this.#teller.close());
	}
}
