/** Who waits to be told something in a room, and what they are told; and what else waits there. */
import type { Member } from "../members/member.ts";
import type { Seats } from "../members/seats.ts";
import type { Purge, Task } from "../room-parts.ts";
import type { Holding } from "./holding.ts";

/** What a teller is handed. */
interface TellerParts {
	readonly seats: Seats;
	readonly holding: Holding;
	/** Builds the doc, where what is stored answers for more. */
	readonly wake: () => Promise<unknown>;
	readonly purge: (purge: Purge) => Promise<void>;
}

/** The tasks of one room. */
export class Teller {
	readonly #parts: TellerParts;
	#tasks: Task[] = [];

	constructor(parts: TellerParts) {
		this.#parts = parts;
	}

	/** How many wait. */
	get count(): number {
		return this.#tasks.length;
	}

	/** True where somebody asked something. */
	get isAsked(): boolean {
		return this.#tasks.some(isQuestion);
	}

	/** One more waits. */
	push(task: Task): void {
		this.#tasks.push(task);
	}

	/** Does all that waits; what the told write waits. */
	async tellAll(): Promise<void> {
		for (const task of this.#tasks.splice(0)) await this.#do(task);
	}

	/** Answers what can be while something else takes long; that a doc is on its way, say. */
	async tellMeanwhile(): Promise<void> {
		const isNow = (task: Task) =>
			task.kind === "ask" ||
			(task.kind === "answer" && !this.#parts.holding.isDear(task.stateVector));
		const asked = this.#tasks.filter(isNow);
		this.#tasks = this.#tasks.filter((task) => !asked.includes(task));
		for (const task of asked) await this.#do(task);
	}

	/** Asks a session what it has. */
	ask(member: Member): void {
		const { seats, holding } = this.#parts;
		if (seats.has(member)) member.send(holding.question());
	}

	/** The room is over: nothing more is done. */
	close(): readonly Task[] {
		return this.#tasks.splice(0);
	}

	async #do(task: Task): Promise<void> {
		const { holding, purge } = this.#parts;
		if (task.kind === "ask") this.ask(task.member);
		else if (task.kind === "answer") await this.#answer(task.member, task.stateVector);
		else if (task.kind === "purge") await purge(task);
		else if (holding.doc !== null) await holding.cool();
	}

	/** Null asks from where it was held. Who is behind is answered when it has caught up. */
	async #answer(member: Member, asked: Uint8Array | null): Promise<void> {
		const { seats, holding, wake } = this.#parts;
		const stateVector = asked ?? seats.heldAt(member);
		if (stateVector === null || !seats.has(member)) return;
		if (member.isBehind) return seats.hold(member, stateVector);
		if (holding.isDear(stateVector)) await wake();
		member.send(await holding.answer(stateVector));
		seats.markAnswered(member);
	}
}

function isQuestion({ kind }: Task): boolean {
	return kind === "ask" || kind === "answer";
}
