/** People type in rooms at a given pace, and it is noted how long everything took to everybody. */
import type { Random } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { Histogram } from "../drive/histogram.ts";
import type { Load } from "../drive/load.ts";
import { countOf, type Pace, pace } from "../drive/pacer.ts";
import type { Stage } from "../drive/stage.ts";
import { inWaves } from "./seat.ts";
import { type Company, Typing } from "./typing.ts";

/** How long what was typed may take to be shown to everybody, behind the last letter. */
const settleMsUsual = 8_000;
/** A server that shows nothing for so long will not show it later. */
const stillMsMax = 10_000;
const lookEveryMs = 5;
/** A warm-up: code that runs for the first time is slow, and no server's fault. */
const warmUpSeconds = 1;
/** Letters a second then, but no more than are shown so often, which all servers can carry. */
const warmUpRateMin = 10;
const warmUpRateMax = 1_000;
const warmUpShownMax = 20_000;
/** Rooms of many that a newcomer looks at. */
const lookedAtMax = 20;
const roomsAtOnce = 25;

/** What is played. */
export interface Play {
	readonly roomCount: number;
	readonly company: Omit<Company, "shown" | "random">;
	readonly pace: Omit<Pace, "random">;
	/** Given, letters come at random moments, as of many people; else evenly. */
	readonly random?: Random;
	/** Begins the rooms' names. */
	readonly name: string;
	/** How long letters may take to be shown, behind the last one; 8 s where nothing is given. */
	readonly settleMsMax?: number;
	/** True where it is only tried how fast a server is: nobody is warned of busy cores. */
	readonly isTrial?: boolean;
}

/** What came of typing. */
export interface Typed {
	readonly shown: Histogram;
	readonly load: Load;
	readonly typedCount: number;
	readonly shownCount: number;
	/** Who was not shown what; null where everybody was shown everything. */
	readonly missing: string | null;
}

/** What came of it, with a look at what is there. */
export interface Played extends Typed {
	/** Why the figures must not be used; null where everybody saw everything. */
	readonly refusal: string | null;
}

/** Rooms with people in them, and times. */
export class Session {
	readonly #stage: Stage;
	readonly #server: ServerProcess;
	readonly #play: Play;
	readonly rooms: readonly Typing[];
	readonly #shown: { now: Histogram };

	/** Opens the rooms. @throws Error where the server does not let people in */
	static async open(stage: Stage, server: ServerProcess, play: Play): Promise<Session> {
		const shown = { now: new Histogram() };
		const company = { ...play.company, random: stage.random, shown: () => shown.now };
		const rooms = await inWaves(
			play.roomCount,
			(index) => Typing.open(server, `${play.name}-${index}`, company),
			roomsAtOnce,
		);
		return new Session({ stage, server, play, rooms, shown });
	}

	private constructor(parts: {
		stage: Stage;
		server: ServerProcess;
		play: Play;
		rooms: readonly Typing[];
		shown: { now: Histogram };
	}) {
		this.#stage = parts.stage;
		this.#server = parts.server;
		this.#play = parts.play;
		this.rooms = parts.rooms;
		this.#shown = parts.shown;
	}

	/** Types for a moment, and forgets how long it took. */
	async warmUp(): Promise<void> {
		const { writerCount, readerCount, lettersAtOnce = 1 } = this.#play.company;
		const shownEach = (writerCount + readerCount - 1) * lettersAtOnce;
		const rate = Math.min(warmUpRateMax, Math.max(warmUpRateMin, warmUpShownMax / shownEach));
		await this.#type({ rate, seconds: warmUpSeconds });
		await this.#settle();
	}

	/**
	 * Types at the play's pace, until all was shown or it is clear that it will not be; for so many
	 * seconds, or as the play says.
	 */
	async play(seconds: number = this.#play.pace.seconds): Promise<Played> {
		const typed = await this.type(seconds);
		return { ...typed, refusal: typed.missing ?? (await this.difference()) };
	}

	/** The same without a newcomer who looks at what is there. */
	async type(seconds: number = this.#play.pace.seconds): Promise<Typed> {
		this.#shown.now = new Histogram();
		const before = this.#counts();
		const work = async () => {
			await this.#type({ ...this.#play.pace, seconds });
			await this.#settle();
		};
		const load = await this.#stage.watch(this.#server, work, this.#play.isTrial);
		const after = this.#counts();
		return {
			shown: this.#shown.now,
			load,
			typedCount: after.typed - before.typed,
			shownCount: after.shown - before.shown,
			missing: this.missing(),
		};
	}

	/** What a newcomer does not see as it was typed; null where all is there. */
	async difference(): Promise<string | null> {
		if (!this.#stage.contestant.keepsDocs) return null;
		const step = Math.max(1, Math.floor(this.rooms.length / lookedAtMax));
		for (let index = 0; index < this.rooms.length; index += step) {
			const difference = await this.rooms[index]?.difference();
			if (difference) return difference;
		}
		return null;
	}

	/** Everybody leaves. */
	close(): void {
		for (const room of this.rooms) room.close();
	}

	async #type(plan: Pace): Promise<void> {
		const { random, company } = this.#play;
		const each = Math.ceil(countOf(plan) / (this.rooms.length * company.writerCount));
		for (const room of this.rooms) room.prepare(each);
		await pace(random === undefined ? plan : { ...plan, random }, (index, dueMs) => {
			const room = this.rooms[index % this.rooms.length];
			room?.type(Math.floor(index / this.rooms.length), dueMs);
		});
	}

	/** Waits until all was shown, or nothing more is shown, or it takes too long. */
	async #settle(): Promise<void> {
		const startMs = performance.now();
		const untilMs = startMs + (this.#play.settleMsMax ?? settleMsUsual);
		let last = { shown: -1, atMs: startMs };
		for (let nowMs = startMs; nowMs < untilMs; nowMs = performance.now()) {
			if (this.rooms.every((room) => room.isAllShown)) return;
			const { shown } = this.#counts();
			if (shown !== last.shown) last = { shown, atMs: nowMs };
			if (nowMs - last.atMs > stillMsMax) return;
			await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
		}
	}

	/** The first letter that somebody was not shown, in a sentence; null where all were. */
	missing(): string | null {
		for (const room of this.rooms) {
			const missing = room.missing();
			if (missing !== null) return missing;
		}
		return null;
	}

	#counts() {
		let typed = 0;
		let shown = 0;
		for (const room of this.rooms) {
			typed += room.typedCount;
			shown += room.shownCount;
		}
		return { typed, shown };
	}
}
